import { ElMessage } from "element-plus";
import { computed, ref, shallowRef, watch } from "vue";
import { useRouter } from "vue-router";
import type { Defect, Ground, IntakeItem, Move, ReviewItem } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import { isDeskFull, tellDeskFull } from "@/queue/desk-full.ts";
import { takeNext } from "@/queue/next.ts";
import type { Standing } from "./decision.ts";
import { type DecisionAction, type Draft, defectFor, emptyDraft, isDecision } from "./draft.ts";
import type { Command } from "./keys.ts";
import { closingDecision } from "./lease.ts";
import { isOffered, runCommand, type Viewer } from "./run-command.ts";
import { useDecision } from "./use-decision.ts";
import { useLease } from "./use-lease.ts";
import { useReading } from "./use-reading.ts";
import { correctionDaysOf, decisionCatalogue, useReview } from "./use-review.ts";

const autoNextName = "sutong.workbench.auto-next";

/** The clerk's desk: one item, its keyboard, its decisions, and the road to the next item. */
export function useDesk(id: () => string, viewer: Viewer & { showPage: (materialId: string, page: number) => void }) {
  const router = useRouter();
  const review = useReview();
  const decision = useDecision();
  const { item } = review;
  const reading = useReading(review, viewer.showPage);
  const { current, tab, revealAsked, difference, duplicates, changed, walk, jump } = reading;

  const action = ref<DecisionAction | null>(null);
  const lastTitle = ref("");
  let lastAction = "";
  const draft = ref<Draft>(emptyDraft(null));
  const catalogue = shallowRef<{ defects: Defect[]; grounds: Ground[] }>({ defects: [], grounds: [] });
  const helping = ref(false);
  const skipping = ref(false);
  const busy = ref("");
  const autoNext = ref(localStorage.getItem(autoNextName) !== "off");
  watch(autoNext, (on) => localStorage.setItem(autoNextName, on ? "on" : "off"));

  const marked = computed(() => new Set(draft.value.lines.map((line) => line.pointer)));
  const lease = useLease(item, () => review.move("extend", { fence: item.value?.lease?.fence ?? 0 }));
  const may = (name: string) => item.value?.moves.some((move) => move.action === name) ?? false;

  watch(id, (now) => void open(now), { immediate: true });
  decisionCatalogue().then(
    (found) => {
      catalogue.value = found;
    },
    (error: unknown) => ElMessage.warning(sayProblem(error)),
  );

  async function open(itemId: string): Promise<void> {
    action.value = null;
    skipping.value = false;
    decision.reset();
    reading.clear();
    await review.load(itemId);
    const loaded = item.value;
    if (!loaded || loaded.id !== itemId) return;
    draft.value = emptyDraft(loaded);
    void correctionDaysOf(loaded.filing.court.code).then((days) => {
      if (days && item.value?.id === itemId) draft.value.dueDays = days;
    });
    reading.begin(loaded);
    const left = decision.pendingOf(itemId);
    if (left && isDecision(left.body.action)) {
      action.value = left.body.action;
      lastTitle.value = titleOf(left.body.action);
      await after(await decision.resume(itemId));
    }
  }

  /** Puts a place on the list of defects, or takes it off again. */
  function mark(pointer: string, code = ""): void {
    const at = draft.value.lines.findIndex((line) => line.pointer === pointer && (!code || line.code === code));
    if (at >= 0) {
      draft.value.lines.splice(at, 1);
      return;
    }
    const finding = item.value?.findings.find((each) => each.pointer === pointer && (!code || each.code === code));
    draft.value.lines.push({
      code: defectFor(catalogue.value.defects, pointer, finding),
      pointer,
      note: finding?.message ?? "",
    });
  }

  function act(name: string): void {
    if (isDecision(name)) {
      if (name === "mediate" && item.value && !item.value.mayMediate) {
        ElMessage.warning("没有当事人同意先行调解的记录，不能转入诉前调解。");
        return;
      }
      decision.reset();
      lastTitle.value = titleOf(name);
      // A reason belongs to one decision; what was written for a refusal must not slip into another's document.
      if (lastAction !== name) draft.value.note = "";
      lastAction = name;
      action.value = name;
    } else if (name === "skip") skipping.value = true;
    else void simple(name, name === "claim" ? {} : { fence: item.value?.lease?.fence ?? 0 });
  }

  async function simple(name: string, extra: Record<string, unknown>): Promise<boolean> {
    busy.value = name;
    try {
      await review.move(name, extra);
      return true;
    } catch (error) {
      await refused(error);
      await review.load(id());
      return false;
    } finally {
      busy.value = "";
    }
  }

  async function skip(reason: string): Promise<void> {
    if (!(await simple("skip", { fence: item.value?.lease?.fence ?? 0, reason }))) return;
    skipping.value = false;
    await next();
  }

  async function send(): Promise<void> {
    if (item.value && action.value) await after(await decision.send(item.value, action.value, draft.value));
  }

  async function after(standing: Standing | null): Promise<void> {
    if (standing?.is !== "done") {
      if (standing?.is === "decided") void review.load(id());
      return;
    }
    void announce(standing.item);
    action.value = null;
    if (autoNext.value) await next();
    else await review.load(id());
  }

  /** Tells the number once it is given; the clerk is already reading the next item. */
  async function announce(done: IntakeItem): Promise<void> {
    const told = await api.get<ReviewItem>(`/intake/items/${done.id}`).catch(() => null);
    const number = told?.filing.caseNumber;
    ElMessage({
      type: "success",
      message: `${done.decision?.label ?? lastTitle.value}：${done.title}${number ? `，${number}` : ""}`,
      duration: 6000,
      customClass: "decided-message",
    });
  }

  async function reclaim(): Promise<void> {
    if (await simple("claim", {})) decision.reset();
  }

  async function next(): Promise<void> {
    const queueId = item.value?.queue.id;
    if (!queueId || busy.value === "next") return;
    busy.value = "next";
    try {
      const taken = await takeNext(queueId);
      if (taken) await router.push({ name: "review", params: { id: taken.id } });
      else {
        ElMessage.info("本队列没有待办的件了。");
        await back();
      }
    } catch (error) {
      if (await refused(error)) return;
      if ((item.value && closingDecision(item.value)) || decision.standing.value.is === "done") await back();
    } finally {
      busy.value = "";
    }
  }

  /** Says why not; true when the clerk went to look at what lies on the desk. */
  async function refused(error: unknown): Promise<boolean> {
    if (!isDeskFull(error)) ElMessage.warning(sayProblem(error));
    else if (await tellDeskFull(error)) {
      await router.push({ path: "/intake", query: { queue: "mine" } });
      return true;
    }
    return false;
  }

  const back = () => router.push({ path: "/intake", query: item.value ? { queue: item.value.queue.id } : {} });
  const titleOf = (name: string) => item.value?.moves.find((move) => move.action === name)?.label ?? lastTitle.value;
  /** Once the lease has passed the server takes none of the moves that carry its fence. */
  const movesAfterLease = (): Move[] => {
    const left = (item.value?.moves ?? []).filter((move) => move.action === "claim");
    return left.length > 0 ? left : [{ action: "claim", label: "重新领取" }];
  };
  function closeDialog(): void {
    const was = decision.standing.value.is;
    action.value = null;
    decision.reset();
    if (was === "decided" || was === "stale") void review.load(id());
  }

  const hands = {
    may: (name: string) => may(name) || (name === "claim" && lease.value.phase === "passed"),
    act,
    next: () => void next(),
    walk,
    mark: () => current.value && mark(current.value),
    reveal: () => {
      revealAsked.value += 1;
    },
    help: () => {
      helping.value = true;
    },
    panel: (name: string) => {
      tab.value = name;
    },
    viewer,
  };

  return {
    review,
    lease,
    decision,
    action,
    lastTitle,
    draft,
    catalogue,
    current,
    tab,
    helping,
    skipping,
    busy,
    autoNext,
    difference,
    duplicates,
    marked,
    changed,
    revealAsked,
    run: (command: Command) => (item.value ? runCommand(command, hands) : false),
    offers: (command: Command) => isOffered(command, hands.may),
    jump,
    mark,
    act,
    skip,
    send,
    reclaim,
    next,
    back,
    movesAfterLease,
    closeDialog,
  };
}
