import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { claimed, clerk, type Filed, privateLoan, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { idNumberOf, type StaffPerson, staffMember } from "#test/people.ts";

const ADDRESS = "山东省济南市历下区经十路1号";
const CARD = "6222021602001234567";

describe("personal data at the clerk's desk", () => {
  let app: TestApp;
  let wang: StaffPerson;
  let filing: Filed;
  beforeAll(async () => {
    app = await startApp("masking");
    await seedCourtsAndRules(app);
    wang = await clerk(app);
    const loan = privateLoan("王芳");
    const change = {
      facts: `${loan.facts}收款账号${CARD}。`,
      parties: [
        ...loan.parties,
        {
          key: "t1",
          side: "third_party",
          kind: "organisation",
          name: "某商贸有限公司",
          idType: "uscc",
          idNumber: "91370102MA3C000000",
          address: "山东省济南市历下区泺源大街2号",
          phone: "053188888888",
        },
      ],
      service: { ...loan.service, email: "wangfang@example.com" },
    };
    filing = await submitted(app, "王芳", { change });
  });
  afterAll(() => app.stop());

  const everything = async (who: StaffPerson): Promise<string> => {
    const { itemId, item } = await claimed(who, filing);
    const paths = [
      filing.path,
      item,
      `/intake/items?limit=100`,
      `${item}/difference`,
      `${filing.path}/documents`,
      `${filing.path}/steps`,
    ];
    expect(itemId).toBeTruthy();
    return (await Promise.all(paths.map(async (path) => (await who.ask("GET", path)).text))).join("\n");
  };

  it("is masked wherever a filing is shown", async () => {
    const shown = await everything(wang);
    for (const secret of [
      idNumberOf("王芳"),
      "13800138000",
      "13900139000",
      "经十路1号",
      "解放路2号",
      CARD,
      "wangfang@example.com",
    ]) {
      expect(shown).not.toContain(secret);
    }
    const { content } = (await wang.ask("GET", filing.path)).json;
    const [plaintiff, , company] = content.parties;
    expect(plaintiff).toMatchObject({ name: "王芳", phone: "138****8000", address: "山东省济南市历下区******" });
    expect(plaintiff.idNumber).toMatch(/^370\*{11}\d{3}[\dX]$/);
    expect(company).toMatchObject({ idNumber: "91370102MA3C000000", address: "山东省济南市历下区泺源大街2号" });
    expect(content.facts).toContain("6222***********4567");
  });

  it("stands in the clear for its owner", async () => {
    const { content } = (await filing.owner.ask("GET", filing.path)).json;
    expect(content.parties[0]).toMatchObject({ idNumber: idNumberOf("王芳"), phone: "13800138000", address: ADDRESS });
    expect(content.service.email).toBe("wangfang@example.com");
  });

  it("is shown one place at a time, for a reason, and the reading is on record", async () => {
    const reveal = (body: object) => wang.ask("POST", `${filing.path}/reveal`, body);
    expect((await reveal({ pointer: "/parties/p1/idNumber" })).status).toBe(422);
    expect((await reveal({ pointer: "/parties/p1/idNumber", reason: "看" })).status).toBe(422);
    const nothing = await reveal({ pointer: "/parties/p1", reason: "核对身份证照片" });
    expect([nothing.status, nothing.json.code]).toEqual([422, "filing.nothing_there"]);
    const shown = await reveal({ pointer: "/parties/p1/idNumber", reason: "核对身份证照片" });
    expect(shown.json).toEqual({ pointer: "/parties/p1/idNumber", value: idNumberOf("王芳") });
    await app.settle();
    const auditor = await staffMember(app, { username: "auditor1", role: "auditor", courtCode: "鲁0102" });
    const { items } = (await auditor.ask("GET", "/audit?limit=100")).json;
    const entries = items.filter(({ name }: { name: string }) => name === "filing.revealed");
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      about: `filing:${filing.id}`,
      actor: { id: wang.accountId },
      facts: { pointer: "/parties/p1/idNumber", reason: "核对身份证照片" },
    });
    expect(JSON.stringify(items)).not.toContain(idNumberOf("王芳"));
  });

  it("is not for the owner's own reveal, nor for another court", async () => {
    const body = { pointer: "/parties/p1/idNumber", reason: "核对身份证照片" };
    expect((await filing.owner.ask("POST", `${filing.path}/reveal`, body)).status).toBe(403);
    const foreign = await clerk(app, "clerk9", "鲁0103");
    expect((await foreign.ask("POST", `${filing.path}/reveal`, body)).status).toBe(404);
  });
});
