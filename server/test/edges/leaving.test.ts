import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnyRoute, routeName } from "#http/route.ts";
import { startApp, type TestApp } from "../app.ts";
import { key } from "../filings.ts";
import { type Person, person } from "../people.ts";
import { type Leaving, makeLeaving, OWN_WORDS, SERVED_TITLE } from "./leaving.world.ts";

/**
 * Reading of a case ends with taking part in it (审判流程公开规定§6). The doors are not written down here but taken from the
 * running application: every GET route a person may call is either walked or named below with the reason why not. A new
 * route of a new room makes this fail until somebody has decided.
 */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "GET /sessions": "own devices",
  "GET /me": "own account",
  "GET /me/tokens": "own tokens",
  "GET /me/notices": "own choices",
  "GET /me/calendar": "own secret; what the feed holds is walked by the room of hearings",
  "GET /me/webhooks": "own addresses",
  "GET /me/webhooks/:id/deliveries": "what was sent to one's own addresses, by number: nothing of the case",
  "GET /hearing-absences": "days on which one cannot come: one's own",
  "GET /hearings/:id/room":
    "of a public sitting, for whoever asks to watch; closed ones are rows of the authorisation table",
  "GET /receptions": "one's own requests; the case is left out once one has left it",
  "GET /receptions/:id": "the same",
  "GET /receptions/:id/answer.pdf": "what one was answered oneself",
  "GET /questionings": "counsel who were admitted: walked by the room's own road",
  "GET /questionings/:id": "the same",
  "GET /messages": "what was told while they took part stays told",
  "GET /case-agencies": "one's own request and what became of it: number and client, nothing of the case",
  "GET /delegations": "whom one works for or lets work: walked by the test of hand-overs",
  "GET /jobs": "one's own sheets",
  "GET /jobs/:id": "one's own sheet",
  "GET /jobs/:id/rows": "one's own sheet",
  "GET /jobs/:id/result.xlsx": "one's own sheet",
  "GET /payments/:id": "one's own money, as of anybody who paid by the code",
  "GET /refunds/:id": "one's own money, coming back",
  "GET /filings/:id/helpers": "of drafts only: walked by the test of helpers",
  "GET /materials/:id/reading/:field/crop.png": "the same door as the reading itself, which is walked",
  "GET /filings/:id/confirmations/:confirmationId/mandate.pdf":
    "only where a client confirmed online; same door as the list",
};
/** Lists that hold something of the case while one takes part. */
const LISTS = [
  "/filings",
  "/cases",
  "/changes",
  "/obligations",
  "/services",
  "/threads",
  "/fee-notices",
  "/fee-reliefs",
  "/hearings",
];
/** Not there while they take part either, or refused for what it is and not for who asks. */
const QUERIES: Readonly<Record<string, string>> = { "GET /cases/:id/dossier/search": "?query=%E5%80%9F%E6%AC%BE" };
/** Of the objects, those that belong to the first plaintiff alone. */
const NOT_THE_OTHERS = ["filings", "materials", "services", "threads", "fee-notices", "fee-reliefs"];

describe("whoever has left a case reads nothing of it", () => {
  let app: TestApp;
  let world: Leaving;
  let reads: readonly AnyRoute[];
  beforeAll(async () => {
    app = await startApp("leaving");
    world = await makeLeaving(app);
    reads = app.routes.filter((route) => {
      const access = app.access.get(routeName(route));
      const isForPeople = access === "signed-in" || (Array.isArray(access) && access.includes("litigant"));
      return route.method === "GET" && isForPeople && !(routeName(route) in ELSEWHERE);
    });
  });
  afterAll(() => app.stop());

  const firstWord = ({ path }: AnyRoute): string => path.split("/")[1] ?? "";
  /** The address of a route in this case. Throws for what nobody has decided about. */
  function addressOf(route: AnyRoute): string {
    const object = world.objects[firstWord(route)];
    if (object === undefined) throw new Error(`${routeName(route)}: walk it here, or say in ELSEWHERE why not`);
    const second: Readonly<Record<string, string>> = {
      ":documentId": firstWord(route) === "filings" ? world.papers.filingDocument : world.papers.feeDocument,
    };
    const path = route.path.replace(/:(\w+)/g, (name) => (name === ":id" ? object : (second[name] ?? name)));
    if (path.includes(":")) throw new Error(`${routeName(route)}: which object is ${path}?`);
    return path + (QUERIES[routeName(route)] ?? "");
  }
  const withObject = (): readonly AnyRoute[] => reads.filter(({ path }) => path.includes(":"));
  const lists = (): readonly AnyRoute[] => reads.filter(({ path }) => !path.includes(":"));
  const served = (): string[] => LISTS.filter((path) => app.routes.some((route) => route.path === path)).sort();
  const walk = async (who: Person, routes = withObject()) => {
    const found: Record<string, number> = {};
    for (const route of routes) found[routeName(route)] = (await who.ask("GET", addressOf(route))).status;
    return found;
  };
  const all = (routes: readonly AnyRoute[], status: number) =>
    Object.fromEntries(routes.map((route) => [routeName(route), status]));
  /** Which lists hold something with these words. */
  const holding = async (who: Person, ...words: string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const { path } of lists()) {
      const { status, text } = await who.ask("GET", path);
      expect([200, 403], `${path} ${text}`).toContain(status);
      if (words.some((word) => text.includes(word))) found.push(path);
    }
    return found.sort();
  };

  it("decides about every GET route of the application", () => {
    for (const route of withObject()) expect(() => addressOf(route), routeName(route)).not.toThrow();
    expect(
      lists()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(served());
    expect(withObject().length).toBeGreaterThan(30);
  });

  it("opens them all to the agent while they act", async () => {
    const found = await walk(world.agent);
    // A receipt or a bill that is not due yet is refused for that, to those who may see it.
    expect(Object.entries(found).filter(([, status]) => ![200, 302, 409].includes(status))).toEqual([]);
    expect(await holding(world.agent, world.number)).toEqual(served());
  });

  it("shows the others who take part nothing that is the first plaintiff's alone", async () => {
    const theirs = (routes: readonly AnyRoute[]) => routes.filter((route) => NOT_THE_OTHERS.includes(firstWord(route)));
    for (const who of [world.defendant, world.coPlaintiff]) {
      const own = theirs(withObject());
      expect(await walk(who, own)).toEqual(all(own, 404));
      expect((await who.ask("GET", `/submissions/${world.papers.draft}`)).status).toBe(404);
      // Of the case itself they read what is everybody's, and no word that is not.
      for (const route of withObject().filter((one) => !own.includes(one))) {
        const { status, text } = await who.ask("GET", addressOf(route));
        if (route.path.endsWith(".pdf") || route.path.endsWith("/content")) continue;
        const shared = Object.values(OWN_WORDS).filter((word) => text.includes(word));
        expect([routeName(route), shared], String(status)).toEqual([routeName(route), []]);
      }
      expect(await holding(who, ...Object.values(OWN_WORDS))).toEqual([]);
      const { items } = (await who.ask("GET", "/services")).json;
      expect(items.filter(({ title }: { title: string }) => title === SERVED_TITLE)).toEqual([]);
    }
    // The words are there to be found.
    expect(await holding(world.agent, OWN_WORDS.thread, OWN_WORDS.relief, SERVED_TITLE)).toEqual(
      expect.arrayContaining(["/services", "/threads"]),
    );
  });

  it("shows another court's people nothing at all", async () => {
    for (const who of [world.farClerk, world.farJudge]) {
      const found = await walk(who);
      expect(Object.entries(found).filter(([, status]) => ![403, 404].includes(status))).toEqual([]);
      expect(await holding(who, world.number)).toEqual([]);
    }
  });

  it("hides everything by the clock, in the moment the agency's last day is over", async () => {
    const [row] = await app.database.read<{ until: Date | null }>(
      "SELECT until_at AS until FROM case_participant WHERE id = ?",
      [world.agentId],
    );
    expect(row?.until).toBeNull();
    const setUntil = (until: string) =>
      app.database.read(`UPDATE case_participant SET until_at = ${until} WHERE id = ?`, [world.agentId]);
    await setUntil("UTC_TIMESTAMP(3) - INTERVAL 1 SECOND");
    const rooms = withObject().filter((route) => !["filings", "materials"].includes(firstWord(route)));
    expect(await walk(world.agent, rooms)).toEqual(all(rooms, 404));
    await setUntil("NULL");
  });

  it("closes every door with the commit that ends the agency", async () => {
    const { agent, client, caseId, agentId, number } = world;
    const ended = await client.ask(
      "POST",
      `/cases/${caseId}/participants/${agentId}/moves`,
      { action: "end", reason: "解除委托" },
      key(),
    );
    expect(ended.status, ended.text).toBe(200);
    // Nothing is told yet: it is the commit that closes, not a listener.
    const found = await walk(agent);
    expect(found).toEqual(all(withObject(), 404));
    expect(await holding(agent, number, "陶源离", "姜对面", ...Object.values(OWN_WORDS))).toEqual([]);
    await app.settle();
    expect(await walk(agent)).toEqual(all(withObject(), 404));
    expect(await holding(agent, number)).toEqual([]);
  });

  it("hands what the client is to pay to the client, who hears of it from now on; the former agent hears nothing", async () => {
    const { agent, client, objects } = world;
    const notice = await client.ask("GET", `/fee-notices/${objects["fee-notices"]}`);
    expect([notice.status, notice.json?.mine]).toEqual([200, true]);
    expect((await client.ask("GET", `/fee-reliefs/${objects["fee-reliefs"]}`)).status).toBe(200);
    const before = (await agent.ask("GET", "/messages")).json.items.length;
    const withdrawn = await client.ask(
      "POST",
      `/fee-reliefs/${objects["fee-reliefs"]}/moves`,
      { action: "withdraw" },
      key(),
    );
    expect(withdrawn.status, withdrawn.text).toBe(200);
    app.pass(6);
    await app.settle();
    // Six days later their sign-in is over.
    const [again, gone] = [await person(app, "陶源离"), await person(app, "陆离开")];
    const told = (await again.ask("GET", "/messages")).json.items;
    expect(told.map(({ link }: { link: { kind: string } | null }) => link?.kind)).toContain("fee_notice");
    expect((await gone.ask("GET", "/messages")).json.items).toHaveLength(before);
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});
