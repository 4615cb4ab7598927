import { itemsOf } from "#core/fields.ts";
import { type AnyRoute, noContent, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { endDevices } from "./end-sessions.ts";
import { presentSession } from "./present.ts";
import { problem } from "./problems.ts";
import { byId, devicesEnding, refreshing, sessionTokens, sessionView, staffSignIn, wechatSignIn } from "./schema.ts";
import { deviceOf, endOwnSession, listSessions, refreshSession } from "./session.ts";
import { tokensOf } from "./session-tokens.ts";
import { type SignedIn, signInStaff } from "./sign-in-staff.ts";
import { exchangeCode, nameInCode, signInByWechat } from "./sign-in-wechat.ts";

const ONESELF =
  "须再验证一次是本人：当事人和律师带 wx.login 新取得的 code，工作人员带密码（输错与登录输错一并计数）；不符的，答 422 session.unproven。";

export function sessionRoutes(means: Means): readonly AnyRoute[] {
  const { gateways, vault, clock, settings } = means;
  const answer = (signedIn: SignedIn) => tokensOf(means, signedIn);

  return [
    route({
      method: "POST",
      path: "/sessions/wechat",
      tag: "account",
      summary: "微信登录",
      description: "code 由 wx.login 取得，只能使用一次。",
      body: wechatSignIn,
      answers: { 200: sessionTokens },
      limit: "sign-in",
      async handle({ body: { code }, userAgent, work }) {
        const openid = await exchangeCode(gateways.login, code);
        const name = settings.demonstration ? nameInCode(code) : null;
        const signedIn = await work((unit) =>
          signInByWechat(unit, vault, { openid, name, device: deviceOf(userAgent) }),
        );
        return ok(await answer(signedIn));
      },
    }),
    route({
      method: "POST",
      path: "/sessions/staff",
      tag: "account",
      summary: "工作人员登录",
      description:
        "密码正确而未带动态口令时，答 401 session.totp_required；首次登录（或重置后）密码、口令都正确的，答 401 session.password_due，带上 newPassword 再发一次；连续 5 次未成功，暂停 15 分钟（429 session.locked）。",
      body: staffSignIn,
      answers: { 200: sessionTokens },
      limit: "sign-in",
      async handle({ body, userAgent, work }) {
        const signedIn = await signInStaff(body, { vault, work, device: deviceOf(userAgent) });
        return ok(await answer(signedIn));
      },
    }),
    route({
      method: "POST",
      path: "/sessions/refresh",
      tag: "account",
      summary: "换取新的令牌",
      description:
        "refreshToken 只能使用一次；同一个值第二次出现时，整个会话立即失效，须重新登录。请依次发送，不要并发。",
      body: refreshing,
      answers: { 200: sessionTokens },
      limit: "sign-in",
      async handle({ body: { refreshToken }, work }) {
        const outcome = await work((unit) => refreshSession(unit, refreshToken));
        if (outcome.is === "ended") throw problem("session.ended");
        return ok(await answer(outcome));
      },
    }),
    route({
      method: "DELETE",
      path: "/sessions/current",
      tag: "account",
      summary: "退出登录",
      answers: { 204: null },
      async command(work, { actor }) {
        await endOwnSession(work, actor.sessionId ?? "0");
        return noContent();
      },
    }),
    route({
      method: "GET",
      path: "/sessions",
      tag: "account",
      summary: "我在哪些设备上登录",
      answers: { 200: itemsOf(sessionView) },
      async handle({ actor }) {
        const sessions = await listSessions(actor.accountId, clock.now());
        return ok({ items: sessions.map((session) => presentSession(actor, session)) });
      },
    }),
    route({
      method: "POST",
      path: "/sessions/end-others",
      tag: "account",
      summary: "让其他设备全部退出登录",
      description: ONESELF,
      body: devicesEnding,
      answers: { 204: null },
      limit: "costly",
      async handle({ actor, body, work }) {
        await endDevices(null, body, { actor, vault, login: gateways.login, work });
        return noContent();
      },
    }),
    route({
      method: "POST",
      path: "/sessions/:id/end",
      tag: "account",
      summary: "让某个设备退出登录",
      description: ONESELF,
      params: byId,
      body: devicesEnding,
      answers: { 204: null },
      limit: "costly",
      async handle({ actor, params: { id }, body, work }) {
        await endDevices(id, body, { actor, vault, login: gateways.login, work });
        return noContent();
      },
    }),
  ];
}
