import { addWorkdays, courtDayOf, daysBetween } from "#core/period.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import type { TestApp } from "../app.ts";
import { COURT, FIRST_INSTANCE, type Filed, key, picture, upload } from "../filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "../people.ts";
import { plantAlike } from "./alike.ts";
import { chance } from "./chance.ts";
import { DEFECTS, type Papers } from "./defects.ts";
import { type Complaint, complaintOf, inventCompany, inventDispute } from "./disputes.ts";

interface Submission {
  readonly content: Complaint;
  readonly kind: "clean" | "defective" | "duplicate" | "series" | "wrong court";
  readonly defect?: (typeof DEFECTS)[number];
  readonly series?: string;
  readonly dispute?: number;
}
export interface Report {
  submissions: number;
  breaches: number;
  oldestWorkdays: number;
  defectsPlanted: number;
  defectsFound: number;
  missed: string[];
  firstPass: number;
  duplicateRecall: number;
  duplicatePrecision: number;
  decisions: Record<string, number>;
}

/** The submissions of one day, in the shares of a busy court. */
export function inventDay(seed: number, count: number): Submission[] {
  const luck = chance(seed);
  const defective = Math.max(1, Math.round(count * 0.3));
  const wrongCourt = Math.max(1, Math.round(count * 0.03));
  const duplicates = Math.max(2, Math.round(count * 0.06));
  const series = count >= 100 ? [10, 8] : [3];
  const singles = count - defective - wrongCourt - duplicates - series.reduce((sum, size) => sum + size, 0);
  const alike = plantAlike(luck, { singles, duplicates, misses: 0, series });
  const from = luck.whole(DEFECTS.length);
  const spoilt = Array.from({ length: defective }, (_, at): Submission => {
    const defect = DEFECTS[(from + at) % DEFECTS.length] as (typeof DEFECTS)[number];
    const d = inventDispute(
      luck,
      "loan",
      defect.of ? { plaintiff: inventCompany(luck, `济南齐鲁${seed}${at}贸易有限公司`) } : {},
    );
    return { content: complaintOf(d, at), kind: "defective", defect };
  });
  const elsewhere = Array.from({ length: wrongCourt }, (_, at): Submission => {
    const content = complaintOf(inventDispute(luck, "loan"), at);
    const parties = content.parties.map((one) => ({
      ...one,
      address: String(one["address"]).replace("济南市历下区", "青岛市崂山区"),
    }));
    return { content: { ...content, parties }, kind: "wrong court" };
  });
  const plain = alike.map((one): Submission => {
    const kind = one.series ? "series" : one.how === "single" ? "clean" : "duplicate";
    // Without the plaintiff's number nothing can be handed in: whoever follows the finding adds it.
    const first = alike.find(({ dispute }) => dispute === one.dispute)?.content.parties[0];
    const parties = one.content.parties.map((party, at) =>
      at === 0 && party["idNumber"] === "" ? { ...party, idNumber: first?.["idNumber"] } : party,
    );
    return {
      content: { ...one.content, parties },
      kind,
      dispute: one.dispute,
      ...(one.series ? { series: one.series } : {}),
    };
  });
  // Duplicates stay behind what they repeat.
  return [...plain.slice(0, singles), ...luck.shuffle([...plain.slice(singles), ...spoilt, ...elsewhere])];
}

/** Lives the day through the API: people file, look at what precheck says and mend it; four clerks decide. */
export async function workDay(app: TestApp, seed: number, count: number): Promise<Report> {
  const day = inventDay(seed, count);
  const report: Report = {
    submissions: 0,
    breaches: 0,
    oldestWorkdays: 0,
    defectsPlanted: 0,
    defectsFound: 0,
    missed: [],
    firstPass: 0,
    duplicateRecall: 0,
    duplicatePrecision: 0,
    decisions: {},
  };
  const filed = new Map<string, Submission>();
  for (const [at, one] of day.entries()) {
    const filing = await handIn(app, `${seed} ${at}`, one, report);
    filed.set(filing.id, one);
    report.submissions += 1;
  }
  await app.settle();
  await decideAll(app, filed, report);
  return report;
}

async function handIn(app: TestApp, name: string, { content, defect }: Submission, report: Report): Promise<Filed> {
  const papers: Papers = {
    identity: true,
    evidence: true,
    signature: true,
    business_license: true,
    legal_rep_certificate: true,
  };
  const isCompany = content.parties[0]?.["kind"] === "organisation";
  const owner = await person(app, `甲${name.replace(" ", "第")}`, { verified: true });
  const opened = await owner.ask("POST", "/filings", { courtCode: COURT });
  if (opened.status !== 201) throw new Error(opened.text);
  const filing: Filed = { id: opened.json.id, owner, path: `/filings/${opened.json.id}` };
  const spoilt = defect ? defect.plant(content, papers) : content;
  const kinds: (keyof Papers)[] = isCompany
    ? ["business_license", "legal_rep_certificate", "evidence", "signature"]
    : ["identity", "evidence", "signature"];
  const placed: Partial<Record<keyof Papers, string>> = {};
  for (const kind of kinds) if (papers[kind]) placed[kind] = await put(app, owner, filing, kind);
  await app.settle();
  await save(app, filing, spoilt, placed.signature);
  if (defect) {
    report.defectsPlanted += 1;
    const { json } = await owner.ask("POST", `${filing.path}/precheck`);
    const codes: string[] = json.findings.map(({ code }: { code: string }) => code);
    if (defect.codes.some((code) => codes.includes(code))) report.defectsFound += 1;
    else report.missed.push(defect.name);
    // What was found is mended; what was not found is handed in as it is.
    if (defect.codes.some((code) => codes.includes(code))) {
      for (const kind of kinds) placed[kind] ??= await put(app, owner, filing, kind);
      await app.settle();
      await save(app, filing, content, placed.signature);
    }
  }
  const answer = await owner.ask("POST", `${filing.path}/moves`, { action: "submit" }, key());
  if (answer.status !== 200) throw new Error(`${defect?.name ?? "clean"}: ${answer.text}`);
  return filing;
}

const put = async (app: TestApp, owner: Person, { id }: Filed, kind: string): Promise<string> =>
  upload(app, owner, id, kind, await picture(`${id} ${kind}`));

async function save(
  app: TestApp,
  { owner, path }: Filed,
  content: Complaint,
  signature: string | undefined,
): Promise<void> {
  const { version } = (await owner.ask("GET", path)).json;
  const signed = signature ? { signature: { materialId: signature, signedOn: courtDayOf(app.clock.now()) } } : {};
  const saved = await owner.ask("PUT", path, { content: { ...content, ...signed } }, { "if-match": `"${version}"` });
  if (saved.status !== 200) throw new Error(saved.text);
}

const PER_DAY = 25;

async function decideAll(app: TestApp, filed: ReadonlyMap<string, Submission>, report: Report): Promise<void> {
  const seen = { right: 0, wrong: 0, missed: 0 };
  const disputes = new Map<number, string[]>();
  for (const [id, { dispute }] of filed)
    if (dispute !== undefined) disputes.set(dispute, [...(disputes.get(dispute) ?? []), id]);
  for (let round = 0; round < 12; round += 1) {
    const clerks = await Promise.all(
      ["一", "二", "三", "四"].map((name) =>
        staffMember(app, { username: `day-clerk${name}`, role: "clerk", courtCode: COURT }),
      ),
    );
    if (round === 0) await decideSeries(app, clerks[0] as StaffPerson, filed, report);
    const queues = (await (clerks[0] as StaffPerson).ask("GET", "/intake/queues")).json.items as { id: string }[];
    let left = 0;
    await Promise.all(
      clerks.map(async (clerk) => {
        for (let done = 0; done < PER_DAY; ) {
          let found = false;
          for (const { id } of queues) {
            const next = await clerk.ask("POST", `/intake/queues/${id}/next`);
            if (next.status === 204) continue;
            if (next.status !== 200) throw new Error(next.text);
            found = true;
            left += 1;
            done += 1;
            await decideOne(clerk, next.json, filed, disputes, seen, report);
            if (done >= PER_DAY) break;
          }
          if (!found) break;
        }
      }),
    );
    await app.settle();
    if (left === 0) break;
    // To nine on the next working day.
    const next = addWorkdays(courtCalendar, courtDayOf(app.clock.now()), 1).day;
    app.clock.shiftMs += Date.parse(`${next}T09:00:00+08:00`) - app.clock.now().getTime();
    await app.settle();
  }
  const rows = await app.database.read<{
    action: string;
    round: number;
    late: number;
    onDay: string;
    receivedAt: Date;
    filingId: string;
  }>(
    `SELECT r.action, r.round, r.late, r.on_day AS onDay, i.received_at AS receivedAt, i.filing_id AS filingId
     FROM intake_record r JOIN intake_item i ON i.id = r.item_id WHERE r.action <> 'arrive'`,
  );
  let [accepted, judged] = [0, 0];
  for (const { action, round, late, onDay, receivedAt, filingId } of rows) {
    report.decisions[action] = (report.decisions[action] ?? 0) + 1;
    report.breaches += Number(late);
    report.oldestWorkdays = Math.max(report.oldestWorkdays, workdaysBetween(courtDayOf(receivedAt), onDay));
    const { kind } = filed.get(filingId) as Submission;
    if (round === 1 && kind !== "duplicate" && kind !== "wrong court") {
      judged += 1;
      accepted += Number(action === "accept");
    }
  }
  const [open] = await app.database.read<{ n: string }>(
    "SELECT COUNT(*) AS n FROM intake_item WHERE court_code = '鲁0102' AND state IN ('waiting', 'claimed')",
  );
  report.breaches += Number(open?.n ?? 0);
  report.firstPass = accepted / Math.max(1, judged);
  report.duplicateRecall = seen.right / Math.max(1, seen.right + seen.missed);
  report.duplicatePrecision = seen.right / Math.max(1, seen.right + seen.wrong);
}

/** All series at once, as the clerk does it before the single items. */
async function decideSeries(
  app: TestApp,
  clerk: StaffPerson,
  filed: ReadonlyMap<string, Submission>,
  report: Report,
): Promise<void> {
  const { items } = (await clerk.ask("GET", "/intake/series?limit=100")).json as {
    items: { id: string; counts: { open: number } }[];
  };
  for (const { id, counts } of items) {
    if (counts.open < 3) continue;
    const detail = (await clerk.ask("GET", `/intake/series/${id}?limit=100`)).json;
    const content = filed.get(detail.items[0].filingId)?.content;
    const answer = await clerk.ask(
      "POST",
      `/intake/series/${id}/moves`,
      { action: "accept", causeCode: content?.causeCode, caseTypeCode: FIRST_INSTANCE },
      key(),
    );
    if (answer.status !== 200) throw new Error(answer.text);
    report.decisions["series"] = (report.decisions["series"] ?? 0) + answer.json.move.counts.done;
  }
  await app.settle();
}

async function decideOne(
  clerk: StaffPerson,
  item: { id: string; filingId: string; lease: { fence: number } },
  filed: ReadonlyMap<string, Submission>,
  disputes: ReadonlyMap<number, string[]>,
  seen: { right: number; wrong: number; missed: number },
  report: Report,
): Promise<void> {
  const one = filed.get(item.filingId) as Submission;
  const detail = (await clerk.ask("GET", `/intake/items/${item.id}`)).json;
  const found = (
    (await clerk.ask("GET", `/intake/items/${item.id}/duplicates`)).json.items as {
      filingId: string;
      kind: { code: string };
    }[]
  )
    .filter(({ kind }) => kind.code === "duplicate")
    .map(({ filingId }) => filingId);
  const truly = (one.dispute === undefined ? [] : (disputes.get(one.dispute) ?? [])).filter(
    (id) => id !== item.filingId,
  );
  seen.right += found.filter((id) => truly.includes(id)).length;
  seen.wrong += found.filter((id) => !truly.includes(id)).length;
  const codes: string[] = detail.findings.map(({ code }: { code: string }) => code);
  const earlier = found.some((id) => Number(id) < Number(item.filingId));
  // Only what the same court still holds can be missed: the other court's are listed too, refused ones remain.
  seen.missed += truly.filter((id) => !found.includes(id) && Number(id) < Number(item.filingId)).length;
  const fence = item.lease.fence;
  const body = codes.includes("court.not_the_defendants")
    ? { action: "transfer", fence, courtCode: "鲁0212", note: "双方住所均不在本院辖区" }
    : earlier
      ? { action: "refuse", fence, groundCode: "unlawful", note: "与先前的申请为同一纠纷，属重复起诉" }
      : one.defect && report.missed.includes(one.defect.name)
        ? { action: "return", fence, defects: [{ code: "facts_unclear", note: "请核对后补正" }] }
        : { action: "accept", fence, causeCode: detail.suggestion.causeCode, caseTypeCode: FIRST_INSTANCE };
  const answer = await clerk.ask("POST", `/intake/items/${item.id}/moves`, body, key());
  if (answer.status !== 200) throw new Error(answer.text);
}

function workdaysBetween(from: string, until: string): number {
  let count = 0;
  for (let left = daysBetween(from, until), day = from; left > 0 && day < until; left -= 1) {
    day = addWorkdays(courtCalendar, day, 1).day;
    if (day <= until) count += 1;
  }
  return count;
}
