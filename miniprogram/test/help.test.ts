import { beforeEach, expect, test, vi } from "vitest";
import type { Filing, Help } from "../src/api/types";
import { emptyContent, newClaim } from "../src/draft/content";
import type { Draft } from "../src/draft/draft";
import { draftOf, helpedDrafts, openDraft } from "../src/draft/drafts";
import { readHelpCode, sayLeft, showHelpCode } from "../src/draft/help";
import { awaitHelper, watchHelp } from "../src/draft/help-watch";
import { locate } from "../src/draft/steps";

const asked: string[] = [];
let answer: () => { statusCode: number; data: string };
beforeEach(() => {
  asked.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("uni", {
    ...uni,
    request: ({ url, success }: { url: string; success(answer: unknown): void }) => {
      if (!url.endsWith("/edits")) asked.push(url);
      success({ ...answer(), header: {} });
    },
  });
});

let ids = 0;
const filing = (help: Partial<Help> | null): Filing => {
  ids += help === undefined ? 0 : 1;
  return {
    id: String(ids),
    version: 1,
    content: { ...emptyContent(), claims: [{ ...newClaim(), key: "c1" }] },
    court: { code: "鲁0102", name: "济南市历下区人民法院" },
    cause: null,
    materials: [],
    editable: true,
    editablePointers: null,
    help: help && {
      id: "h1",
      mine: true,
      name: "王**",
      until: "",
      secondsLeft: 600,
      ownersAlone: ["/consents", "/service/confirmed"],
      ...help,
    },
  } as unknown as Filing;
};
const settled = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test("codes are read as typed, read out, or scanned", () => {
  for (const text of [
    "04715293",
    "0471 5293",
    " 0471-5293 ",
    "０４７１５２９３",
    "https://x.cn/#/pages/helper/join?code=04715293",
    "https://x.cn/?a=1&code=04715293#x",
  ])
    expect(readHelpCode(text), text).toBe("04715293");
  for (const text of ["", "0471529", "047152931", "帮助码", "https://x.cn/?code=047152931", "4000 1234 1234 1234"])
    expect(readHelpCode(text), text).toBe("");
  expect(showHelpCode("04715293")).toBe("0471 5293");
});

test("time left is never said longer than it is", () => {
  const now = 1_000_000;
  expect([60 * 60_000, 119_999, 59_000, 0, -1].map((ms) => sayLeft(now + ms, now))).toEqual([
    "还剩 60 分钟",
    "还剩 1 分钟",
    "不到 1 分钟",
    "时间到了",
    "时间到了",
  ]);
});

test("who helps is kept from what is the owner's alone, and takes out only what they put in", () => {
  const draft = draftOf(filing({}), "8");
  expect([draft.helping, draft.mayEdit("/facts"), draft.mayEdit("/service/address")]).toEqual([true, true, true]);
  for (const path of ["/consents/filing", "/consents", "/service/confirmed", "/service"])
    expect(draft.mayEdit(path), path).toBe(false);
  expect(draft.mayRemove("/claims/c1")).toBe(false);
  draft.edit("/claims/c2", { ...newClaim(), key: "c2" });
  expect(draft.mayRemove("/claims/c2")).toBe(true);
  const own = draftOf(filing({ mine: false, ownersAlone: [] }), "7");
  expect([own.helping, own.mayEdit("/consents/filing"), own.mayRemove("/claims/c1")]).toEqual([false, true, true]);
});

test("the draft is asked for again only while somebody helps or may join, once for all screens, and not after they leave", async () => {
  const alone = filing(null);
  const draft = draftOf(alone, "7");
  answer = () => ({ statusCode: 200, data: JSON.stringify(alone) });
  const [first, second] = [watchHelp(draft), watchHelp(draft)];
  await settled(60_000);
  expect(asked).toEqual([]);
  awaitHelper(alone.id, new Date(Date.now() + 600_000).toISOString());
  answer = () => ({
    statusCode: 200,
    data: JSON.stringify({ ...alone, version: 2, help: { ...filing({ mine: false }).help } }),
  });
  await settled(4000);
  expect(asked).toHaveLength(1);
  expect(draft.view.helpEndsAt).toBe(Date.now() + 600_000);
  await settled(8000);
  expect(asked).toHaveLength(3);
  first();
  await settled(4000);
  expect(asked).toHaveLength(4);
  second();
  await settled(60_000);
  expect(asked).toHaveLength(4);
});

test("when help is over nothing of it stays on the helper's phone, and a dead network is not the end", async () => {
  const theirs = filing({});
  const draft: Draft = draftOf(theirs, "8");
  draft.edit("/facts", "没有来得及保存的一句");
  expect(helpedDrafts("8").map(({ id }) => id)).toContain(draft.id);
  const stop = watchHelp(draft);
  answer = () => ({ statusCode: 503, data: "{}" });
  await settled(4000);
  expect([draft.view.helpOver, openDraft(draft.id)]).toEqual([false, draft]);
  answer = () => ({ statusCode: 404, data: JSON.stringify({ code: "filing.not_found", title: "未找到您要的内容" }) });
  await settled(4000);
  expect(draft.view.helpOver).toBe(true);
  expect(helpedDrafts("8").map(({ id }) => id)).not.toContain(draft.id);
  draft.edit("/facts", "屏幕收走时才报上来的一句");
  await settled(120_000);
  expect(uni.getStorageSync(`draft:${draft.id}`)).toBeFalsy();
  stop();
});

test("the finding about a helper's writing leads to the list of it", () => {
  expect(locate("/helper-edits", "d1")).toBe("/pages/helper/review?id=d1");
});
