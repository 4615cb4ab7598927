import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { inject } from "vitest";
import { idNumberOf } from "../server/test/id-number.ts";
import { staffCaller } from "./desk.ts";
import { personCaller } from "./filed.ts";
import type { Phone } from "./phone.ts";

/** The people of the demonstration whose affairs fill the pages. */
export const PEOPLE = {
  /** Has begun to write. */
  writer: "王芳",
  /** Handed in, nothing decided. */
  waiting: "刘洋",
  /** Must mend what she handed in. */
  mending: "宋佳",
  /** Has a case and has paid. */
  paid: "唐敏",
  /** Has a case, and a fee to pay. */
  owing: "许琳",
  lawyer: "段思远",
} as const;
export type Who = keyof typeof PEOPLE;

/** Addresses of things of these people, as the pages ask for them. */
export interface World {
  readonly draft: string;
  readonly party: string;
  readonly ids: Record<string, string>;
}

interface Visit {
  readonly as: Who;
  readonly query?: (world: World) => string;
}
const wizard = (as: Who = "writer"): Visit => ({ as, query: ({ draft }) => `?id=${draft}` });
const withId = (as: Who, name: string): Visit => ({ as, query: ({ ids }) => `?id=${ids[name]}` });

/** Every page, in the hands of whoever sees the most of it. */
export const VISITS: Record<string, Visit> = {
  "pages/home/index": { as: "owing" },
  "pages/filings/index": { as: "writer" },
  "pages/messages/index": { as: "paid" },
  "pages/me/index": { as: "owing" },
  "pages/signin/index": { as: "writer" },
  "pages/wizard/cause": wizard(),
  "pages/wizard/court": wizard(),
  "pages/wizard/parties": wizard(),
  "pages/wizard/party": { as: "writer", query: ({ draft, party }) => `?id=${draft}&party=${party}` },
  "pages/wizard/agents": { as: "writer", query: ({ draft, party }) => `?id=${draft}&party=${party}` },
  "pages/wizard/claims": wizard(),
  "pages/wizard/facts": wizard(),
  "pages/wizard/evidence": wizard(),
  "pages/wizard/service": wizard(),
  "pages/wizard/consents": wizard(),
  "pages/wizard/check": wizard(),
  "pages/wizard/sign": wizard(),
  "pages/wizard/receipt": withId("waiting", "handedIn"),
  "pages/helper/ask": wizard(),
  "pages/helper/join": { as: "lawyer" },
  "pages/helper/review": wizard(),
  "pages/confirm/index": { as: "lawyer" },
  "pages/filing/detail": withId("waiting", "handedIn"),
  "pages/filing/correction": { as: "mending", query: ({ ids }) => `?id=${ids["returnedDraft"]}` },
  "pages/case/list": { as: "paid" },
  "pages/case/join": { as: "lawyer" },
  "pages/case/agency": { as: "lawyer" },
  "pages/case/answer": withId("owing", "case"),
  "pages/case/detail": withId("owing", "case"),
  "pages/case/submit": withId("owing", "case"),
  "pages/dossier/index": { as: "owing", query: ({ ids }) => `?caseId=${ids["case"]}` },
  "pages/dossier/read": { as: "owing", query: ({ ids }) => `?id=${ids["dossierItem"]}&caseId=${ids["case"]}` },
  "pages/case/submission": withId("owing", "submission"),
  "pages/case/language": { as: "owing", query: ({ ids }) => `?caseId=${ids["case"]}` },
  "pages/service/list": { as: "owing" },
  "pages/service/detail": withId("owing", "service"),
  "pages/service/address": { as: "owing", query: ({ ids }) => `?caseId=${ids["case"]}` },
  "pages/hearing/list": { as: "owing" },
  "pages/hearing/detail": withId("owing", "hearing"),
  "pages/hearing/online": withId("owing", "hearing"),
  "pages/hearing/room": withId("owing", "hearing"),
  "pages/hearing/away": { as: "owing" },
  "pages/hearing/feed": { as: "owing" },
  "pages/hearing/announcements": { as: "writer", query: () => `?court=${encodeURIComponent("鲁0102")}` },
  "pages/reception/list": { as: "owing" },
  "pages/reception/ask": { as: "owing" },
  "pages/reception/detail": withId("owing", "reception"),
  "pages/questioning/officer": { as: "owing", query: () => "?word=x" },
  "pages/contact/list": { as: "owing" },
  "pages/contact/thread": withId("owing", "thread"),
  "pages/contact/new": { as: "owing", query: ({ ids }) => `?caseId=${ids["case"]}` },
  "pages/desk/index": { as: "owing" },
  "pages/desk/obligations": { as: "owing" },
  "pages/desk/people": { as: "lawyer" },
  "pages/desk/give": { as: "lawyer", query: () => "?kind=stand_in" },
  "pages/desk/accept": { as: "writer", query: () => "?code=0000000000" },
  "pages/desk/programs": { as: "lawyer" },
  "pages/fee/list": { as: "owing" },
  "pages/fee/notice": withId("owing", "notice"),
  "pages/fee/payment": withId("paid", "payment"),
  "pages/fee/code": { as: "owing" },
  "pages/fee/relief": withId("owing", "notice"),
  "pages/verify/index": { as: "paid" },
  "pages/calc/fee": { as: "writer" },
  "pages/calc/deadline": { as: "writer" },
  "pages/calc/court": { as: "writer" },
  "pages/bulk/index": { as: "lawyer" },
  "pages/bulk/job": withId("lawyer", "job"),
  "pages/guide/walk": { as: "writer" },
  "pages/guide/index": { as: "writer" },
  "pages/account/identity": { as: "lawyer" },
  "pages/account/practice": { as: "lawyer" },
  "pages/account/notices": { as: "owing" },
  "pages/account/devices": { as: "owing" },
};

/** All pages the web page is made of, from the list it is built by. */
export function pagesOfApp(): string[] {
  const app = JSON.parse(readFileSync(new URL("../miniprogram/src/pages.json", import.meta.url), "utf8")) as {
    pages: { path: string }[];
    subPackages: { root: string; pages: { path: string }[] }[];
  };
  return [
    ...app.pages.map(({ path }) => path),
    ...app.subPackages.flatMap(({ root, pages }) => pages.map(({ path }) => `${root}/${path}`)),
  ];
}

/** Looks up, and where the demonstration has none makes, what the pages show. */
export async function findIds(base: string): Promise<Record<string, string>> {
  const [waiting, mending, paid, owing, lawyer] = await Promise.all(
    [PEOPLE.waiting, PEOPLE.mending, PEOPLE.paid, PEOPLE.owing, PEOPLE.lawyer].map((name) => personCaller(base, name)),
  );
  if (!waiting || !mending || !paid || !owing || !lawyer) throw new Error("nobody is there");
  await lawyer("PUT", "/me/identity", {
    name: PEOPLE.lawyer,
    idType: "resident_id",
    idNumber: idNumberOf(PEOPLE.lawyer),
    phone: "13800138000",
  });
  const first = async (ask: typeof waiting, path: string): Promise<{ id: string }> => (await ask("GET", path)).items[0];
  const notice = await first(owing, "/fee-notices");
  const paidNotice = await first(paid, "/fee-notices");
  const { id: caseId } = await first(owing, "/cases");
  const key = { "idempotency-key": randomUUID() };
  const evidence = { kind: "evidence", content: { note: "补充转账记录，证明借款已经交付" } };
  const question = { subject: "开庭时间", body: "请问大约什么时候开庭？" };
  const thread = await owing("POST", `/cases/${caseId}/threads`, question, { "idempotency-key": randomUUID() });
  const wish = { courtCode: "鲁0102", caseId, topic: "trial", matter: "想当面了解案件审理到哪一步了。" };
  const reception =
    (await first(owing, "/receptions")) ??
    (await owing("POST", "/receptions", wish, { "idempotency-key": randomUUID() }));
  const submission = await owing("POST", `/cases/${caseId}/submissions`, evidence, key);
  const payment = await first(paid, `/fee-notices/${paidNotice.id}/payments`);
  const announced = {
    formId: "09",
    courtCode: "鲁0102",
    sheet: { name: "一件.xlsx", bytes: 9000, sha256: createHash("sha256").update("a sheet to come").digest("hex") },
  };
  const { job } = await lawyer("POST", "/filings/bulk", announced, { "idempotency-key": randomUUID() });
  return {
    handedIn: (await first(waiting, "/filings")).id,
    returned: (await first(mending, "/filings")).id,
    case: caseId,
    submission: submission.id,
    thread: thread.id,
    reception: reception.id,
    dossierItem: (await owing("GET", `/cases/${caseId}/dossier`)).sections[0].items[0].id,
    notice: notice.id,
    service: await servedTo(base, caseId),
    hearing: (await first(owing, `/hearings?caseId=${caseId}`)).id,
    payment: payment.id,
    job: job.id,
  };
}

/** Opens a filing that is being written on this phone; gives the name it has here. */
export async function openDraft(phone: Phone, filingId: string | null): Promise<{ draft: string; party: string }> {
  if (filingId === null) {
    await phone.go("/#/pages/filings/index");
    await phone.at("filing-card").click();
  } else {
    await phone.go(`/#/pages/filing/detail?id=${filingId}`);
    await phone.tap("open-correction");
  }
  await phone.page.waitForFunction(() => /[?&]id=d/.test(window.location.hash));
  const draft = new URL(phone.page.url().replace("#", "")).searchParams.get("id") ?? "";
  const party = await phone.page.evaluate((id) => {
    const record = JSON.parse(window.localStorage.getItem(`draft:${id}`) ?? "{}");
    return ((record.data ?? record).content?.parties ?? [])[0]?.key ?? "";
  }, draft);
  return { draft, party };
}

/** Until the page has come in and what it asked the court for is drawn. */
export async function settled({ page }: Phone): Promise<void> {
  await page.waitForFunction(
    () => {
      const pages = [...document.querySelectorAll(".page")].filter((each) => each.getClientRects().length > 0);
      return pages.length > 0 && !document.querySelector('uni-page [aria-busy="true"]');
    },
    undefined,
    { timeout: 20_000 },
  );
  await page.waitForTimeout(400);
}

/** A notice that the court has brought to the plaintiff of a case, on the platform. */
async function servedTo(base: string, caseId: string): Promise<string> {
  const credentials = { password: inject("demoPassword"), totpSecret: inject("demoTotpSecret") };
  const clerk = await staffCaller(base, "courtclerk1", credentials);
  const order = {
    documentKind: "notice",
    title: "通知书",
    text: "请按时参加诉讼。",
    recipients: ["p1"],
    channel: "inapp",
  };
  const key = { "idempotency-key": randomUUID() };
  return (await clerk("POST", `/cases/${caseId}/services`, order, key)).items[0].id;
}
