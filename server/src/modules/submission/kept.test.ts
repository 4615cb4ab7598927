import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, picture, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { APPLICATIONS } from "./applications.ts";

/** 审判流程公开规定§8: 保全、先予执行 are told when they have been dealt with, lest there be nothing left to preserve. */
describe("what the other side must not know yet", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let plaintiff: Person;
  let defendant: Person;
  let caseId: string;
  beforeAll(async () => {
    app = await startApp("kept");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge-kept", role: "judge", courtCode: COURT });
    const filing = await submitted(app, "谢申请", { defendant: "何被申" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const opened = (await filing.owner.ask("GET", filing.path)).json;
    caseId = opened.caseId;
    plaintiff = filing.owner;
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    defendant = await person(app, "何被申", { verified: true });
    const joined = await defendant.ask("POST", "/cases/join", { number: opened.caseNumber, accessCode: code });
    expect(joined.status, joined.text).toBe(200);
    await judge.ask("POST", `/cases/${caseId}/moves`, { action: "assign", judgeId: judge.accountId }, key());
    await app.settle();
  });
  afterAll(() => app.stop());

  const ok = async (asked: Promise<{ status: number; text: string; json: unknown }>, status = 200) => {
    const answer = await asked;
    expect(answer.status, answer.text).toBe(status);
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
    return answer.json as any;
  };
  async function handedIn(application: string, request: string): Promise<string> {
    const { id } = await ok(
      plaintiff.ask("POST", `/cases/${caseId}/submissions`, { kind: "application", application }),
      201,
    );
    const bytes = await picture(`${application} signature`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const order = { name: "签名.jpg", kind: "signature", bytes: bytes.length, sha256, contentType: "image/jpeg" };
    const { material, upload } = await ok(plaintiff.ask("POST", `/submissions/${id}/materials`, order), 201);
    await fetch(new URL(upload.url, app.origin), {
      method: "PUT",
      headers: upload.headers,
      body: new Uint8Array(bytes),
    });
    await ok(plaintiff.ask("POST", `/materials/${material.id}/complete`));
    await app.settle();
    const { version } = (await plaintiff.ask("GET", `/submissions/${id}`)).json;
    const content = {
      request,
      facts: "被告正在转移财产",
      signature: { materialId: material.id, signedOn: "2026-11-22" },
    };
    await ok(
      plaintiff.ask("PUT", `/submissions/${id}`, { kind: "application", content }, { "if-match": `"${version}"` }),
    );
    await ok(plaintiff.ask("POST", `/submissions/${id}/moves`, { action: "submit" }, key()));
    await app.settle();
    return id;
  }
  /** Everything a person can read of the case and of what they were told, in one text. */
  async function readings(who: Person): Promise<string> {
    const paths = [
      `/cases/${caseId}`,
      `/cases/${caseId}/timeline`,
      `/cases/${caseId}/submissions`,
      `/cases/${caseId}/dossier`,
      `/cases/${caseId}/dossier/search?query=${encodeURIComponent("财产")}`,
      "/changes?limit=100",
      "/obligations?limit=100",
      "/messages?limit=100",
      "/services",
      "/fee-notices",
    ];
    const found: string[] = [];
    for (const path of paths) {
      const { status, text } = await who.ask("GET", path);
      expect(status, path).toBe(200);
      found.push(text);
    }
    return found.join("\n");
  }
  const KEPT = Object.entries(APPLICATIONS).filter(([, { toldAfterwards }]) => toldAfterwards);
  const words = KEPT.map(([, { label }]) => label);

  it("are 保全 and 先予执行, and nothing else", () => {
    expect(KEPT.map(([code]) => code)).toEqual([
      "preservation",
      "preservation_review",
      "evidence_preservation",
      "advance_enforcement",
    ]);
  });

  it("is read by the applicant and the court alone: in no list, timeline, change, dossier, search or message of the other", async () => {
    const ids: string[] = [];
    for (const [code, { label }] of KEPT) ids.push(await handedIn(code, `请求${label}`));
    const fee = { source: "preservation", facts: { category: "preservation", amountFen: 5_000_000, halvings: [] } };
    await ok(
      staff.ask("POST", `/cases/${caseId}/fee-notices`, { ...fee, payerAccountId: plaintiff.accountId }, key()),
      201,
    );
    const [preservation] = ids as [string];
    await ok(judge.ask("POST", `/submissions/${preservation}/moves`, { action: "receive" }, key()));
    await ok(judge.ask("POST", `/submissions/${preservation}/moves`, { action: "grant", note: "冻结存款" }, key()));
    await ok(judge.ask("POST", `/submissions/${ids[1]}/moves`, { action: "refuse", note: "理由不足" }, key()));
    const laid = await ok(
      staff.ask(
        "POST",
        `/cases/${caseId}/services`,
        {
          documentKind: "quiet_ruling",
          title: "财产保全民事裁定书",
          text: "冻结被申请人银行存款。",
          recipients: ["p1"],
          channel: "post",
        },
        key(),
      ),
      201,
    );
    const [{ id: service }] = laid.items;
    const moved = (who: Person | StaffPerson, body: object) =>
      ok(who.ask("POST", `/services/${service}/moves`, body, key()));
    const back = (days: number) => addDays(courtDayOf(app.clock.now()), -days);
    await app.database.read("UPDATE service SET created_at = created_at - INTERVAL 6 DAY WHERE id = ?", [service]);
    await app.database.read("UPDATE service_attempt SET sent_at = sent_at - INTERVAL 6 DAY WHERE service_id = ?", [
      service,
    ]);
    await moved(staff, { action: "record", channel: "post", facts: { signedOn: back(5), signedBy: "本人" } });
    await app.settle();
    // Its day changes: told as quietly as the ruling itself.
    await moved(plaintiff, { action: "contest", claimedOn: back(2), note: "当日不在家" });
    await moved(judge, { action: "decide_contest", accept: true, effectiveOn: back(2), reason: "快递记录属实" });
    await app.settle();
    const changed = "送达日期有变更";
    expect(await readings(plaintiff)).toContain(changed);
    expect(await readings(defendant)).not.toContain(changed);

    const theirs = await readings(defendant);
    expect(words.filter((word) => theirs.includes(word))).toEqual([]);
    for (const word of ["保全", "冻结", "先予执行"]) expect(theirs, word).not.toContain(word);
    for (const id of ids) {
      for (const path of ["", "/paper.pdf", "/paper.docx"])
        expect((await defendant.ask("GET", `/submissions/${id}${path}`)).status).toBe(404);
    }
    // The same words are where they belong.
    const own = await readings(plaintiff);
    for (const word of words) expect(own, word).toContain(word);
    expect(own).toContain("财产保全民事裁定书");
    const { items: course } = await ok(judge.ask("GET", `/cases/${caseId}/timeline`));
    expect(course.map(({ title }: { title: string }) => title)).toEqual(
      expect.arrayContaining(["提交财产保全申请", "获法院准许财产保全申请"]),
    );
  });

  it("is opened by the court, once, and from then on is everybody's with its whole course", async () => {
    const { items } = await ok(judge.ask("GET", `/cases/${caseId}/submissions`));
    const one = items.find(({ application }: { application: { code: string } }) => application.code === "preservation");
    expect(one).toMatchObject({ openToOthers: false });
    expect(one.moves).toContainEqual({ action: "disclose", label: "向其他当事人公开" });
    for (const who of [plaintiff, defendant, staff]) {
      const tried = await who.ask("POST", `/submissions/${one.id}/moves`, { action: "disclose" }, key());
      expect([403, 404]).toContain(tried.status);
    }
    await ok(judge.ask("POST", `/submissions/${one.id}/moves`, { action: "disclose" }, key()));
    await app.settle();
    const again = await judge.ask("POST", `/submissions/${one.id}/moves`, { action: "disclose" }, key());
    expect([again.status, again.json.code]).toEqual([409, "submission.nothing_to_disclose"]);
    await ok(defendant.ask("GET", `/submissions/${one.id}`));
    const theirs = await readings(defendant);
    expect(theirs).toContain("提交财产保全申请");
    expect(theirs).toContain("法院公开了原告的财产保全申请及其办理情况");
    // Nothing else came with it.
    for (const word of ["证据保全", "先予执行", "保全裁定复议"]) expect(theirs, word).not.toContain(word);
    const { items: lines } = (await defendant.ask("GET", "/messages?limit=100")).json;
    expect(lines.some(({ title }: { title: string }) => title === "法院转来一份材料")).toBe(true);
  });

  it("what the others should know at once they know at once", async () => {
    const id = await handedIn("appraisal", "请求鉴定笔迹");
    await ok(defendant.ask("GET", `/submissions/${id}`));
    expect(await readings(defendant)).toContain("提交鉴定申请");
    const { json } = await judge.ask("GET", `/submissions/${id}`);
    expect(json.moves.map(({ action }: { action: string }) => action)).not.toContain("disclose");
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});
