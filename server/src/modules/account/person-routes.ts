import { type Login, LoginRefused } from "#gateways/login/port.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import { findCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { checkIdentity } from "./identity.ts";
import { presentMe } from "./me.ts";
import { Account } from "./model.ts";
import { declarePractice } from "./practice.ts";
import { problem } from "./problems.ts";
import { openReview } from "./review.ts";
import { accountView, identityClaim, languageChoice, phoneCode, practiceDeclaration, reviewRequest } from "./schema.ts";
import { phoned } from "./sign-in-wechat.ts";

export const personRoutes = ({ database, gateways, vault, settings }: Means): readonly AnyRoute[] => [
  route({
    method: "GET",
    path: "/me",
    tag: "account",
    summary: "我的账号",
    answers: { 200: accountView },
    async handle({ actor }) {
      return ok(await presentMe(database.read, vault, actor.accountId));
    },
  }),
  route({
    method: "PUT",
    path: "/me/identity",
    tag: "account",
    summary: "实名认证",
    description:
      "核验不一致时，账号的 identity.state 为 failed，reason 写明怎么办；证件已在另一账号认证的，答 409 identity.bound，可申请人工核验。",
    body: identityClaim,
    answers: { 200: accountView },
    limit: "costly",
    async handle({ actor, body, work }) {
      await checkIdentity(body, { vault, identity: gateways.identity, work });
      return ok(await presentMe(database.read, vault, actor.accountId));
    },
  }),
  route({
    method: "POST",
    path: "/me/identity/review",
    tag: "account",
    summary: "申请人工核验实名信息",
    body: reviewRequest,
    answers: { 200: accountView },
    async before({ body: { courtCode } }) {
      await mustBeCourt(courtCode);
    },
    async command(work, { body: { materialIds = [], ...request } }) {
      await openReview(work, vault, { ...request, materialIds });
      return ok(await presentMe(work.query, vault, work.actor.accountId));
    },
  }),
  route({
    method: "POST",
    path: "/me/phone",
    tag: "account",
    summary: "绑定微信手机号",
    description: "code 由“获取手机号”按钮取得，只能使用一次；号码只采信微信所给的。",
    body: phoneCode,
    answers: { 200: accountView },
    limit: "costly",
    before: ({ body: { code } }) => exchangePhone(gateways.login, code),
    async command(work, _call, phone: string) {
      const { accountId } = work.actor;
      await Account.update(phoned(vault, accountId, phone, work.at), {
        where: { id: accountId },
        transaction: work.tx,
      });
      await work.emit({ name: "account.phone_bound", about: `account:${accountId}`, courtCode: null, accountId });
      return ok(await presentMe(work.query, vault, accountId));
    },
  }),
  route({
    method: "PUT",
    path: "/me/language",
    tag: "account",
    summary: "选择界面语言",
    description: "没有译文的地方显示汉文。法律文书以汉文为准。",
    body: languageChoice,
    answers: { 200: accountView },
    async command(work, { body: { language } }) {
      const { accountId } = work.actor;
      await Account.update({ language }, { where: { id: accountId }, transaction: work.tx });
      return ok(await presentMe(work.query, vault, accountId));
    },
  }),
  route({
    method: "PUT",
    path: "/me/practice",
    tag: "account",
    summary: "律师执业认证",
    description: "须先完成实名认证；确认后角色变为律师。",
    body: practiceDeclaration,
    answers: { 200: accountView },
    async command(work, { body }) {
      await declarePractice(work, vault, body, settings.demonstration);
      return ok(await presentMe(work.query, vault, work.actor.accountId));
    },
  }),
];

async function exchangePhone(login: Login, code: string): Promise<string> {
  try {
    return (await login.phone(code)).phone;
  } catch (error) {
    if (error instanceof LoginRefused) throw problem("account.phone_refused");
    throw error;
  }
}

async function mustBeCourt(code: string): Promise<void> {
  await findCourt(code).catch(() => {
    throw problem("identity.no_court", {
      errors: [{ pointer: "/courtCode", code: "unknown", message: "没有这个法院" }],
    });
  });
}
