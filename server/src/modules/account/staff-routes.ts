import type { Actor } from "#core/actor.ts";
import { listOf } from "#core/fields.ts";
import type { Work } from "#core/work.ts";
import { type Answer, type AnyRoute, created, noContent, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { clearAttempts, takeAttempt } from "./attempts.ts";
import { listStaff, lockedNames } from "./lists.ts";
import { Account, Staff } from "./model.ts";
import { checkNewPassword, FIRST_PASSWORD_MS, hashPassword, isPassword, newFirstPassword } from "./password.ts";
import { presentStaff } from "./present.ts";
import { problem } from "./problems.ts";
import {
  byId,
  credentialsReset,
  passwordChange,
  staffCreation,
  staffDescription,
  staffMove,
  staffQuery,
  staffRoleChange,
  staffSecret,
  staffView,
} from "./schema.ts";
import { attemptIndex } from "./sign-in-staff.ts";
import { changePassword, changeRole, describe, makeStaff, moveStaff, resetCredentials } from "./staff.ts";
import { totpAddress } from "./totp.ts";

/** The administrator's part: the people of their own court. */
export const staffRoutes = ({ vault, database, clock }: Means): readonly AnyRoute[] => {
  const now = () => ({ vault, database, now: clock.now() });

  return [
    route({
      method: "GET",
      path: "/staff",
      tag: "account",
      summary: "本院工作人员",
      query: staffQuery,
      answers: { 200: listOf(staffView) },
      async handle({ actor, query }) {
        return ok(await listStaff(actor, now(), query));
      },
    }),
    route({
      method: "POST",
      path: "/staff",
      tag: "account",
      summary: "新增工作人员",
      description:
        "答复中的 password 和 totpSecret 只显示这一次，请当面交给本人；首次登录时须改为自己的密码，三天内有效。遗失的，用 POST /staff/{id}/credentials 重置。",
      body: staffCreation,
      answers: { 201: staffSecret },
      limit: "costly",
      // Not a command: a secret shown once is not kept for a repeat. The unique username refuses a second one.
      async handle({ actor, body, work }) {
        const password = newFirstPassword();
        const passwordHash = await hashPassword(password);
        const { account, staff, totpSecret } = await work((unit) =>
          makeStaff(unit, vault, {
            ...body,
            courtCode: actor.courtCode,
            passwordHash,
            firstPasswordUntil: new Date(unit.at.getTime() + FIRST_PASSWORD_MS),
          }),
        );
        return created(handedOver(actor, account, staff, password, totpSecret));
      },
    }),
    route({
      method: "PUT",
      path: "/staff/:id",
      tag: "account",
      summary: "修改工作人员的姓名和职务",
      params: byId,
      body: staffDescription,
      answers: { 200: staffView },
      async command(work, { params: { id }, body: { displayName, title } }) {
        return present(work, await describe(work, id, displayName, title));
      },
    }),
    route({
      method: "PUT",
      path: "/staff/:id/role",
      tag: "account",
      summary: "调整工作人员的岗位",
      params: byId,
      body: staffRoleChange,
      answers: { 200: staffView },
      async command(work, { params: { id }, body: { role } }) {
        return present(work, await changeRole(work, id, role));
      },
    }),
    route({
      method: "POST",
      path: "/staff/:id/moves",
      tag: "account",
      summary: "停用、启用、解除登录锁定或结束全部登录",
      params: byId,
      body: staffMove,
      answers: { 200: staffView },
      async command(work, { params: { id }, body: { action } }) {
        return present(work, await moveStaff(work, vault, id, action));
      },
    }),
    route({
      method: "POST",
      path: "/staff/:id/credentials",
      tag: "account",
      summary: "重置密码和动态口令",
      description:
        "该人员的全部登录立即失效。须当面核对本人，shown 为所核对的证件。password 和 totpSecret 只显示这一次，三天内有效。",
      params: byId,
      body: credentialsReset,
      answers: { 200: staffSecret },
      limit: "costly",
      async handle({ actor, params: { id }, body: { shown }, work }) {
        const password = newFirstPassword();
        const passwordHash = await hashPassword(password);
        const totpSecret = await work((unit) => resetCredentials(unit, vault, id, { passwordHash, shown }));
        const [account, staff] = await Promise.all([Account.findByPk(id), Staff.findByPk(id)]);
        if (!account || !staff) throw problem("staff.not_found");
        return ok(handedOver(actor, account, staff, password, totpSecret));
      },
    }),
    route({
      method: "PUT",
      path: "/me/password",
      tag: "account",
      summary: "修改密码",
      description: "修改后，其他设备上的登录立即失效。原密码输错与登录输错一并计数。",
      body: passwordChange,
      answers: { 204: null },
      limit: "costly",
      async handle({ actor, body: { oldPassword, newPassword: password }, work }) {
        const staff = await Staff.findByPk(actor.accountId);
        if (!staff) throw problem("staff.only");
        checkNewPassword(password, staff.username);
        const key = attemptIndex(vault, staff.username);
        const wait = await work((unit) => takeAttempt(unit, key));
        if (wait > 0) throw problem("session.locked", { retryAfter: wait });
        if (!(await isPassword(staff.passwordHash, oldPassword))) throw wrongPassword();
        const passwordHash = await hashPassword(password);
        await work(async (unit) => {
          await clearAttempts(unit, key);
          await changePassword(unit, staff.passwordHash, passwordHash);
        });
        return noContent();
      },
    }),
  ];

  async function present(work: Work, account: Account): Promise<Answer> {
    const staff = await Staff.findByPk(account.id, { transaction: work.tx });
    if (!staff) throw problem("staff.not_found");
    const locked = await lockedNames({ vault, database: { read: work.query }, now: work.at }, [staff.username]);
    return ok(presentStaff(work.actor, account, staff, locked.has(staff.username)));
  }
};

/** What is shown once to who hands it over. */
const handedOver = (actor: Actor, account: Account, staff: Staff, password: string, totpSecret: string) => ({
  staff: presentStaff(actor, account, staff, false),
  password,
  totpSecret,
  totpAddress: totpAddress(staff.username, totpSecret),
});

/** 422, not 401: the session is good, the old password is not. */
const wrongPassword = () =>
  problem("staff.wrong_password", { errors: [{ pointer: "/oldPassword", code: "wrong", message: "原密码不正确" }] });
