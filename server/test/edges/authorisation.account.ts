import { COURT } from "../filings.ts";
import {
  idNumberOf,
  person,
  STAFF_PASSWORD,
  type StaffPerson,
  signInStaff,
  speaker,
  totpCode,
  totpSecretOf,
} from "../people.ts";
import type { Plan } from "./authorisation.plan.ts";
import type { Persona } from "./authorisation.table.ts";
import { alike, isStaffPersona, newReview, practice, type World } from "./world.ts";

const REASON = { reason: "核对证件原件" };
const itself = {
  fresh: async (world: World, persona: Exclude<Persona, "anonymous">) => ({
    token: (await alike(world.app, persona)).token,
  }),
};
let daysAway = 0;
const awayOn = () => {
  daysAway += 3;
  const day = new Date(Date.now() + daysAway * 86_400_000).toISOString().slice(0, 10);
  return { from: day, until: day };
};
const claimOf = (name: string) => ({ name, idType: "resident_id", idNumber: idNumberOf(name), phone: "13800138000" });
let colleagues: { username: string; steps: number }[] = [];
const NAMES = { owner: "沈青", stranger: "顾言", lawyer: "陆鸣律师" };

/** How the routes of accounts, sessions and staff are asked. */
export const accountPlans: Readonly<Record<string, Plan>> = {
  "POST /sessions/wechat": { body: () => ({ code: "sandbox:来客" }) },
  "POST /sessions/staff": {
    async publicly({ app }) {
      // A code is good once: two more sign-ins are left to each.
      colleagues = colleagues.length > 0 ? colleagues : await twice(app);
      const { username, steps } = colleagues.shift() as { username: string; steps: number };
      return { body: { username, password: STAFF_PASSWORD, totp: totpCode(app, totpSecretOf(username), steps) } };
    },
  },
  "POST /sessions/refresh": {
    publicly: async ({ app }) => ({ body: { refreshToken: (await person(app, "常客")).refreshToken } }),
  },
  "DELETE /sessions/current": { fresh: async (world, persona) => ({ token: await anotherSession(world, persona) }) },
  "POST /sessions/end-others": {
    body: () => ({ password: STAFF_PASSWORD }),
    async fresh(world, persona) {
      if (isStaffPersona(persona)) return { token: (await alike(world.app, persona)).token };
      const name = `换手机${persona}`;
      return { token: (await person(world.app, name)).token, body: { code: `sandbox:${name}` } };
    },
  },
  "POST /sessions/:id/end": {
    body: () => ({ code: `sandbox:${NAMES.owner}` }),
    async standing({ app, people }) {
      await person(app, "沈青");
      const { items } = (await people.owner.ask("GET", "/sessions")).json as {
        items: { id: string; current: boolean }[];
      };
      return items.find(({ current }) => !current)?.id as string;
    },
  },
  "PUT /me/identity": {
    body: () => claimOf("访客"),
    async fresh({ app, people }, persona) {
      if (persona === "lawyer") return { body: claimOf("陆鸣律师"), token: people.lawyer.token };
      return { body: claimOf(`访客${persona}`), token: (await alike(app, persona, false)).token };
    },
  },
  "POST /me/identity/review": {
    body: () => ({ courtCode: COURT, note: "更换了微信号，请核验" }),
    async fresh({ app }, persona) {
      const one = await alike(app, persona === "lawyer" ? "stranger" : persona, false);
      await one.ask("PUT", "/me/identity", claimOf("名号不符"));
      return { token: one.token };
    },
  },
  "POST /me/phone": { body: () => ({ code: "sandbox:13711112222" }) },
  "PUT /me/language": { body: () => ({ language: "ug" }) },
  "PUT /me/practice": {
    body: () => practice(),
    // Who is a lawyer already may change the firm, not the licence: a stranger who has just become one does the same.
    fresh: async (world, persona) => ({
      token: (await alike(world.app, persona === "lawyer" ? "stranger" : persona)).token,
    }),
  },
  "PUT /me/password": { ...itself, body: () => ({ oldPassword: STAFF_PASSWORD, newPassword: "Cheng-Feng-2026!" }) },
  "POST /identity-reviews/:id/moves": {
    standing: newReview,
    body: () => ({ action: "reject", note: "证件照片不清晰" }),
    fresh: async (world) => ({ id: await newReview(world) }),
  },
  "POST /identity-reviews/:id/reveal": { standing: newReview, body: () => REASON },
  "POST /practices/:id/moves": {
    standing: async ({ app }) => (await alike(app, "lawyer")).accountId,
    body: () => ({ action: "reject", note: "与律师登记不一致" }),
  },
  "POST /practices/:id/reveal": { standing: ({ people }) => people.lawyer.accountId, body: () => REASON },
  "POST /court-staff/absences": { body: () => awayOn(), fresh: async () => ({ body: awayOn() }) },
  "DELETE /court-staff/absences/:id": {
    standing: newAbsence,
    fresh: async (world) => ({ id: await newAbsence(world) }),
  },
  "POST /staff": {
    body: () => ({ username: "newcomer-edges", displayName: "新人", role: "clerk" }),
  },
  "PUT /staff/:id | colleague": { standing: colleague, body: () => ({ displayName: "改名" }) },
  "PUT /staff/:id | farColleague": { standing: farColleague, body: () => ({ displayName: "改名" }) },
  "PUT /staff/:id/role | colleague": { standing: colleague, body: () => ({ role: "judge" }) },
  "PUT /staff/:id/role | farColleague": { standing: farColleague, body: () => ({ role: "judge" }) },
  "PUT /staff/:id/role | litigant": {
    standing: ({ people }) => people.stranger.accountId,
    body: () => ({ role: "judge" }),
  },
  "POST /staff/:id/moves | colleague": { standing: colleague, body: () => ({ action: "disable" }) },
  "POST /staff/:id/moves | farColleague": { standing: farColleague, body: () => ({ action: "disable" }) },
  "POST /staff/:id/credentials | colleague": { standing: colleague, body: () => ({ shown: "work_card" }) },
  "POST /staff/:id/credentials | farColleague": {
    standing: farColleague,
    body: () => ({ shown: "work_card" }),
  },
};

async function newAbsence({ staff }: World): Promise<string> {
  const made = await staff.clerk.ask("POST", "/court-staff/absences", awayOn());
  if (made.status !== 201) throw new Error(`no absence: ${made.text}`);
  return made.json.id;
}
async function colleague({ app }: World): Promise<string> {
  return (await alike(app, "clerk")).accountId;
}
async function farColleague({ staff }: World): Promise<string> {
  return staff.farClerk.accountId;
}
async function twice(app: World["app"]) {
  const { username } = (await alike(app, "judge")) as StaffPerson;
  return [0, 1].map((steps) => ({ username, steps }));
}
async function anotherSession({ app, people }: World, persona: Exclude<Persona, "anonymous">): Promise<string> {
  if (!isStaffPersona(persona)) return (await person(app, NAMES[persona])).token;
  return speaker(app, await signInStaff(app, people[persona] as StaffPerson)).token;
}
