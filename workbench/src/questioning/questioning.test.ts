import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "@/api/problem.ts";
import { momentAt } from "@/hearing/week.ts";
import BookDialog from "./BookDialog.vue";
import type { Choices, Questioning, QuestioningDetail } from "./contract.ts";
import LinkDialog from "./LinkDialog.vue";
import { askBody, blankOrder, missingOf, OTHER, orderOf, rebookBody } from "./order.ts";
import QuestioningPage from "./QuestioningPage.vue";
import { freeStarts, spanText } from "./times.ts";

const get = vi.hoisted(() => vi.fn());
const post = vi.hoisted(() => vi.fn());
const NOW = Date.parse("2026-11-22T22:00:00Z");
vi.mock("@/api/index.ts", () => ({ api: { get, post, serverNow: () => NOW }, newKey: () => "k" }));
vi.mock("@/session/session.ts", () => ({ hasRole: () => true, session: {} }));
vi.mock("vue-router", () => ({ useRouter: () => ({ push: () => undefined }) }));

const DAY = "2026-11-24";
const place = {
  id: "4",
  kind: { code: "detention", label: "看守所" },
  name: "济南市看守所",
  phone: "0531-85080110",
  hours: "09:00-10:00,14:00-15:00",
  rooms: ["第一提讯室"],
  closed: false,
  version: 1,
};
const booked = (more: Partial<Questioning> = {}) =>
  ({
    id: "9",
    place: { name: place.name, room: "第一提讯室", phone: "" },
    startsAt: momentAt(DAY, "09:15"),
    minutes: 15,
    ...more,
  }) as Questioning;
const wish = { place, room: "第一提讯室", day: DAY, minutes: 30 };

describe("free times of a custody room", () => {
  it("are the quarters within its hours that leave room for all of it", () =>
    expect(freeStarts(wish, [], NOW)).toEqual(["09:00", "09:15", "09:30", "14:00", "14:15", "14:30"]));
  it("leave out what is taken in that room, and nothing that is taken in another", () => {
    expect(freeStarts({ ...wish, minutes: 15 }, [booked()], NOW).slice(0, 3)).toEqual(["09:00", "09:30", "09:45"]);
    expect(freeStarts(wish, [booked()], NOW)[0]).toBe("09:30");
    const elsewhere = booked({ place: { name: place.name, room: "第二提讯室", phone: "" } });
    expect(freeStarts(wish, [elsewhere], NOW)).toHaveLength(6);
  });
  it("are still to come", () => {
    const noon = Date.parse(momentAt(DAY, "12:00"));
    expect(freeStarts(wish, [], noon)).toEqual(["14:00", "14:15", "14:30"]);
    expect(freeStarts(wish, [], Date.parse(momentAt(DAY, "14:30")))).toEqual([]);
  });
  it("end on the next day where they cross midnight", () =>
    expect(spanText({ startsAt: momentAt(DAY, "23:45"), minutes: 30 })).toBe("23:45–00:15"));
});

const order = {
  ...blankOrder(),
  nature: "criminal",
  partyKey: "d1",
  matter: " 核对事实 ",
  placeId: "4",
  placeRoom: "第一提讯室",
  day: DAY,
  time: "09:00",
  judgeId: "2",
  clerkId: "3",
};

describe("what is asked for", () => {
  it("names the first thing that is missing", () => {
    expect(missingOf(blankOrder(), false)).toBe("请选择被提讯人");
    expect(missingOf({ ...order, partyKey: OTHER, name: "外人" }, false)).toBe("请填写被提讯人证件号码");
    expect(missingOf({ ...order, time: "" }, true)).toBe("请选择日期和时间");
    expect(missingOf(order, false)).toBe("");
  });
  it("sends a party by its key, another one by name and number, and nothing that was not chosen", () => {
    const body = askBody({ ...order, name: "left over" });
    expect(body).toMatchObject({ partyKey: "d1", matter: "核对事实", startsAt: "2026-11-24T01:00:00.000Z" });
    for (const field of ["name", "idNumber", "assistId", "roomId", "day", "time"])
      expect(body).not.toHaveProperty(field);
    const other = askBody({ ...order, partyKey: OTHER, name: " 外人 ", idNumber: "37010219900101001x" });
    expect(other).toMatchObject({ name: "外人", idNumber: "37010219900101001X" });
    expect(other).not.toHaveProperty("partyKey");
  });
  it("asks for another time with the same people, and never for another person", () => {
    const again = rebookBody({ ...orderOf(detail(), "4"), day: DAY, time: "14:00" });
    expect(again).toEqual({
      action: "rebook",
      placeId: "4",
      placeRoom: "第一提讯室",
      startsAt: "2026-11-24T06:00:00.000Z",
      minutes: 15,
      counselIds: ["7"],
      judgeId: "2",
      clerkId: "3",
    });
  });
});

function detail(more: Partial<QuestioningDetail> = {}): QuestioningDetail {
  return {
    ...booked(),
    number: "鲁0102提讯2026-0001",
    court: { code: "鲁0102", name: "历下区人民法院" },
    case: { id: "5", number: "（2026）鲁0102刑初1号" },
    nature: { code: "criminal", label: "刑事" },
    name: "申屠在押",
    minor: false,
    language: "",
    state: { code: "confirmed", label: "已确认" },
    stand: { code: "expected", label: "未签到" },
    moves: [{ action: "cancel", label: "取消提讯" }],
    timeText: "11月24日 09:15",
    dayNumber: 1,
    queue: null,
    judge: { id: "2", name: "吴清" },
    clerk: { id: "3", name: "郑重" },
    assist: null,
    counsel: [{ id: "7", name: "辩律师" }],
    officer: "白民警",
    hearingId: "11",
    matter: "核对事实",
    note: "",
    next: "羁押场所已经确认。",
    keptIn: { code: "main", label: "正卷" },
    mayLink: true,
    requirements: [
      { code: "confirmed", text: "羁押场所已确认", source: "刑事诉讼法第一百一十八条", met: true },
      { code: "rights", text: "已告知权利义务", source: "刑事诉讼法第一百二十条", met: false },
    ],
    rights: { text: ["您有权自行辩护。"], source: "刑事诉讼法", toldAt: null },
    identifiedAt: null,
    record: null,
    steps: [],
    ...more,
  };
}

describe("on the screen", () => {
  let page: VueWrapper | undefined;
  beforeEach(() => {
    get.mockReset();
    post.mockReset();
  });
  afterEach(() => {
    page?.unmount();
    document.body.innerHTML = "";
  });
  const shown = (name: string) => document.querySelector<HTMLElement>(`[data-test=${name}]`);
  const press = async (name: string) => {
    shown(name)?.click();
    await flushPromises();
  };
  const type = async (name: string, value: string) => {
    const field = shown(name) as HTMLInputElement | null;
    if (!field) throw new Error(`${name} is not there`);
    field.value = value;
    field.dispatchEvent(new Event("input"));
    await flushPromises();
  };

  it("says what is still missing with its article, and cancels with a reason only", async () => {
    get.mockResolvedValue(detail());
    page = mount(QuestioningPage, { props: { id: "9" }, attachTo: document.body, global: { stubs: ["RouterLink"] } });
    await flushPromises();
    const left = [...document.querySelectorAll('[data-test="questioning-requirement"][data-met="false"]')];
    expect(left.map((each) => each.textContent)).toEqual([expect.stringContaining("刑事诉讼法第一百二十条")]);
    await press("questioning-cancel");
    expect(shown("dialog-send")).toHaveProperty("disabled", true);
    await type("questioning-reason", "已经转押");
    post.mockResolvedValue(detail({ state: { code: "cancelled", label: "已取消" }, moves: [] }));
    await press("dialog-send");
    expect(post).toHaveBeenCalledWith("/questionings/9/moves", { action: "cancel", reason: "已经转押" }, "k");
    expect(shown("questioning-state")?.dataset["code"]).toBe("cancelled");
    expect(shown("questioning-cancel")).toBeNull();
  });

  it("shows a link once: opened anew, it asks for the officer again", async () => {
    page = mount(LinkDialog, { props: { open: false, found: detail() }, attachTo: document.body });
    await page.setProps({ open: true });
    await flushPromises();
    await type("link-badge", "37011");
    expect(shown("dialog-missing")?.textContent).toContain("警号");
    await type("link-badge", "370112");
    post.mockResolvedValue({ path: "/#/pages/questioning/officer?word=w", name: "白民警" });
    await press("dialog-send");
    expect(post).toHaveBeenCalledWith("/questionings/9/links", { name: "白民警", badge: "370112" }, "k");
    expect(shown("questioning-link")?.textContent).toBe(`${location.origin}/#/pages/questioning/officer?word=w`);
    expect(shown("qr")).not.toBeNull();
    await page.setProps({ open: false });
    await page.setProps({ open: true });
    await flushPromises();
    expect(shown("questioning-link")).toBeNull();
  });

  it("keeps what was typed when the server refuses, and when it is shut by mistake", async () => {
    const choices: Choices = {
      parties: [{ key: "d1", name: "申屠在押" }],
      counsel: [{ id: "7", name: "辩律师", partyKey: "d1" }],
      judges: [{ id: "2", name: "吴清" }],
      clerks: [{ id: "3", name: "郑重" }],
      assisting: [],
      places: [place],
      rooms: [],
      judgeId: "2",
      clerkId: "3",
      natures: [{ code: "criminal", label: "刑事" }],
    };
    get.mockImplementation(async (path: string) => (path.endsWith("choices") ? choices : { items: [] }));
    page = mount(BookDialog, { props: { open: false, caseId: "5" }, attachTo: document.body });
    await page.setProps({ open: true });
    await flushPromises();
    const { form } = page.vm as unknown as { form: typeof order };
    expect(form).toMatchObject({ judgeId: "2", clerkId: "3", placeId: "4", placeRoom: "第一提讯室" });
    Object.assign(form, { partyKey: "d1", nature: "criminal", day: DAY, time: "09:00" });
    await flushPromises();
    expect(form.counselIds).toEqual(["7"]);
    await type("questioning-matter", "核对事实");
    post.mockRejectedValue(
      new ProblemError(409, { code: "hearing.taken", title: "已被占用", detail: "吴清已有安排" }, null),
    );
    await press("dialog-send");
    expect(post).toHaveBeenCalledTimes(1);
    expect(shown("dialog-problem")?.textContent).toContain("吴清已有安排");
    await page.setProps({ open: false });
    await page.setProps({ open: true });
    await flushPromises();
    expect(form).toMatchObject({ partyKey: "d1", matter: "核对事实", time: "09:00" });
  });
});
