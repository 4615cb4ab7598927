import { addDays } from "#core/period.ts";
import type { TestApp } from "#test/app.ts";
import { chance } from "#test/day/chance.ts";
import { complaintOf, inventDispute } from "#test/day/disputes.ts";
import type { AcceptedCase } from "#test/fees.ts";
import { accepting, type Filed, key, submitted } from "#test/filings.ts";
import type { LaidCase } from "#test/hearings.ts";
import { noticesLike } from "#test/payments.ts";
import { person, type StaffPerson } from "#test/people.ts";
import { again, draftsLike, queueCopies } from "#test/reliability/crowd.ts";
import { floorToken } from "./floor.ts";
import type { Asked, Request } from "./measure.ts";
import type { Served } from "./served.ts";

/** What stands in the database before anything is measured. */
export interface Facts {
  readonly draft: Filed;
  /** Handed in, and waiting in a queue. */
  readonly waiting: Filed;
  readonly clerk: StaffPerson;
  readonly case: AcceptedCase;
  /** Who looks for a time for these cases, from this day on. */
  readonly judge: StaffPerson;
  readonly cases: readonly LaidCase[];
  readonly firstDay: string;
  readonly queue: string;
  readonly secret: string;
}

/** Requests of one round: reads, and what needs a row of its own each time. */
const MANY = Number(process.env["BENCH_MANY"] ?? 1500);
const FEW = 60;
const API = "/api/v1";

/** Everything that is measured. Targets: single reads ≤ 2, lists and saving ≤ 4, submitting and deciding ≤ 8 times the floor. */
export async function rows(
  app: TestApp,
  facts: Facts,
  { ours, bare, usual }: { readonly ours: Served; readonly bare: Served; readonly usual: Served },
): Promise<Asked[]> {
  // Sessions are short: filling may have taken longer.
  const owner = await person(app, "王芳");
  const party = await person(app, "刘洋");
  const staff = await again(app, facts.clerk);
  const judge = await again(app, facts.judge);
  const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` });
  const read = (name: string, path: string, who: { token: string }, target: number): Asked => {
    const request: Request = { method: "GET", path: API + path, headers: bearer(who) };
    return { name, origin: ours, amount: MANY, next: () => request, target };
  };
  const barely = (name: string, path: string): Asked => {
    const request: Request = {
      method: "GET",
      path,
      headers: { authorization: `Bearer ${floorToken(facts.secret, party.accountId)}` },
    };
    return { name: `statements alone: ${name}`, origin: bare, amount: MANY, next: () => request };
  };
  const usually = (name: string, path: string, accountId: string): Asked => {
    const request: Request = {
      method: "GET",
      path,
      headers: { authorization: `Bearer ${floorToken(facts.secret, accountId)}` },
    };
    return { name, origin: usual, amount: MANY / 3, next: () => request };
  };

  let searched = 0;
  const search = (): Request => {
    const { id } = facts.cases[searched++ % facts.cases.length] as LaidCase;
    const days = `from=${facts.firstDay}&to=${addDays(facts.firstDay, 60)}`;
    return {
      method: "GET",
      path: `${API}/hearings/slots?caseId=${id}&mode=in_person&minutes=90&${days}`,
      headers: bearer(judge),
    };
  };

  const { version, content } = (await owner.ask("GET", facts.draft.path)).json;
  let saved = 0;
  const edit = (): Request => ({
    method: "POST",
    path: `${API}${facts.draft.path}/edits`,
    headers: bearer(owner),
    body: {
      edits: [{ path: "/facts", value: `被告至今未还，第${++saved}次催要。`, baseVersion: version + saved - 1 }],
    },
  });

  const drafts: string[] = [];
  const luck = chance(20261122);
  // Each its own dispute: filings in the same words are held beside each other, which is not what most of them are.
  const telling = () => {
    const { parties, claims, facts: words, amountFen } = complaintOf(inventDispute(luck, "loan"), luck.whole(3));
    return { parties: [content.parties[0], parties[1]], claims, facts: words, amountFen };
  };
  const layDrafts = async (needed: number): Promise<void> => {
    for (const { path } of await draftsLike(app, { ...facts.draft, owner }, needed, { telling })) drafts.push(path);
  };
  const submit = (): Request => ({
    method: "POST",
    path: `${API}${drafts.pop()}/moves`,
    headers: { ...bearer(owner), ...key() },
    body: { action: "submit" },
  });

  const claims: { id: string; fence: number }[] = [];
  const take: Request = {
    method: "POST",
    path: `${API}/intake/queues/${facts.queue}/next`,
    headers: bearer(staff),
  };
  const accept = (): Request => {
    const claim = claims.pop();
    return {
      method: "POST",
      path: `${API}/intake/items/${claim?.id}/moves`,
      headers: { ...bearer(staff), ...key() },
      body: accepting(claim?.fence ?? 0),
    };
  };

  const { wechatPay } = app.sandbox;
  const orders: string[] = [];
  const layOrders = async (needed: number): Promise<void> => {
    const before = new Set(wechatPay.orders.keys());
    for (const notice of await noticesLike(app, facts.case.noticeId, needed))
      await party.ask("POST", `/fee-notices/${notice}/payments`, { channel: "wechat_native" }, key());
    for (const number of wechatPay.orders.keys())
      if (!before.has(number)) {
        wechatPay.pay(number, { silent: true });
        orders.push(number);
      }
  };
  const notify = (): Request => {
    const { headers, body } = wechatPay.notice(orders.pop() as string);
    return {
      method: "POST",
      path: `${API}/payments/wechat/notify`,
      headers: headers as Record<string, string>,
      bytes: body,
    };
  };
  const few = { origin: ours, amount: FEW, writes: true } as const;
  const { caseId } = facts.case;
  return [
    read("GET /me (sign-in check)", "/me", party, 2),
    read("GET /cases/{id}", `/cases/${caseId}`, party, 2),
    read("GET /cases (20)", "/cases?limit=20", party, 4),
    read("GET /changes", "/changes", party, 3),
    read("GET /obligations", "/obligations", party, 3),
    read("GET /filings/{id}", facts.draft.path, owner, 2),
    { name: "GET /hearings/slots (60 days)", origin: ours, amount: MANY / 3, next: search },
    { ...few, name: "POST /filings/{id}/edits", amount: FEW * 2, connections: 1, next: edit, target: 4 },
    { ...few, name: "submit", lay: layDrafts, next: submit, target: 8 },
    {
      ...few,
      name: "intake next",
      // Of one that nobody has taken up: at the size before this, all were.
      lay: async (needed) => queueCopies(app, (await submitted(app, "张伟")).id, needed),
      next: () => take,
      heard(body) {
        const { id, lease } = JSON.parse(body);
        claims.push({ id, fence: lease.fence });
      },
      target: 8,
    },
    { ...few, name: "intake accept", next: accept, target: 8 },
    { ...few, name: "payment notice", lay: layOrders, next: notify, target: 8 },
    barely("GET /cases/{id}", `/cases/${caseId}`),
    barely("GET /cases (20)", "/cases"),
    barely("GET /changes", "/changes"),
    barely("GET /obligations", "/obligations"),
    usually("usual way: GET /cases/{id}", `/cases/${caseId}`, party.accountId),
    usually("usual way: GET /cases (20)", "/cases", party.accountId),
    usually("usual way: GET /filings/{id}", facts.draft.path, owner.accountId),
  ];
}
