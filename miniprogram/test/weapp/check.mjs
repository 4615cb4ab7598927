// `npm run check:weapp`: the built mini-program compiles with WeChat's own compiler, every page runs and shows what it should,
// the main journeys reach WeChat and the court, and the packages stay small.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readsAloud, saysWhatStandsThere, saysWhereNoVoice } from "./aloud.mjs";
import { account, content, court, returned } from "./court.mjs";
import { compileWxml, Device } from "./device.mjs";

const folder = fileURLToPath(new URL("../../dist/build/mp-weixin", import.meta.url));
const MAIN_BYTES = 1.5 * 1024 * 1024;
const ALL_BYTES = 8 * 1024 * 1024;

const record = { id: "d1", accountId: "7", filingId: "1", create: null, courtCode: "鲁0102", courtName: "济南市历下区人民法院", causeName: "民间借贷纠纷", version: 3, content, pending: [], inflight: null, conflicts: [], rejected: {}, savedAt: "" };
const signedIn = { session: { accessToken: "a", refreshToken: "r" }, account, "draft:d1": record, "draft:d3": { ...record, id: "d3", filingId: "3" } };

/** Every page with what must be on its screen. A page of app.json that is missing here fails the check. */
const PAGES = {
  "pages/home/index": [{}, "待交 1,150.00 元，还剩 5 天", "我要立案", "诉讼费要交多少", "王芳，您好"],
  "pages/filings/index": [{}, "王芳 诉 李强", "还剩 7 天", "待补正"],
  "pages/messages/index": [{}, "材料已收到", "1 条没有看", "短信已送到", "通知设置"],
  "pages/me/index": [{}, "文字大小", "特大", "实名核验", "退出登录"],
  "pages/signin/index": [{}, "用微信登录"],
  "pages/wizard/cause": [{ id: "d1" }, "您遇到了什么事", "民间借贷纠纷", "借钱不还"],
  "pages/wizard/court": [{ id: "d1" }, "去哪个法院立案", "济南市历下区人民法院"],
  "pages/wizard/parties": [{ id: "d1" }, "王芳", "李强", "第三人"],
  "pages/wizard/party": [{ id: "d1", party: "p1" }, "原告（个人）", "联系电话", "赵律师"],
  "pages/wizard/agents": [{ id: "d1", party: "p1" }, "第 1 名代理人", "代为承认诉讼请求", "律师事务所", "要交的材料", "王芳在手机上确认委托", "发确认链接"],
  "pages/wizard/claims": [{ id: "d1" }, "伍万元整", "诉讼费大约 1,050 元"],
  "pages/wizard/facts": [{ id: "d1" }, "您要对方还多少本金", "第 1 题", "填表说明"],
  "pages/wizard/evidence": [{ id: "d1" }, "身份证明", "授权委托书", "借条", "拍照"],
  "pages/wizard/service": [{ id: "d1" }, "送达地址确认书", "判决书、裁定书", "一审"],
  "pages/wizard/consents": [{ id: "d1" }, "开庭", "去法院办", "愿意先调解"],
  "pages/wizard/check": [{ id: "d1" }, "事实写得太短", "去修改"],
  "pages/wizard/sign": [{ id: "d1" }, "王芳 诉 李强", "请用手指", "提交给法院"],
  "pages/wizard/receipt": [{ id: "2" }, "鲁0102收20261122000001", "2026年11月22日 10:00", "还剩 7 天"],
  "pages/helper/ask": [{ id: "d1" }, "请谁来帮", "30 分钟", "他可以", "他不可以", "李**", "改了 2 处"],
  "pages/helper/join": [{}, "8 位数字", "加入", "扫一扫"],
  "pages/helper/review": [{ id: "d1" }, "被告李强 · 电话", "13900009000", "13700007000", "都看过了，确认"],
  "pages/confirm/index": [{ token: "t" }, "您同意请赵律师代理吗？", "代为承认诉讼请求", "他可以替您认下来", "这些事他不能替您做", "我同意，确认委托", "不同意"],
  "pages/filing/detail": [{ id: "2" }, "待审查", "撤回", "办理经过"],
  "pages/filing/correction": [{ id: "d3" }, "被告住址不具体", "没有门牌号", "去修改"],
  "pages/case/list": [{}, "（2026）鲁0102民初1号", "凭案号关联案件", "我是代理人"],
  "pages/case/agency": [{}, "申请加入案件", "代理 周明", "等待确认", "撤销申请"],
  "pages/case/detail": [{ id: "5" }, "（2026）鲁0102民初1号", "法院正在审理；审理期限到 2027年5月23日", "韩法官", "还有 181 天", "济南市看守所 第一提讯室", "提出申请", "民事一审", "立案", "待交 1,150.00 元，还剩 5 天"],
  "pages/case/join": [{ number: encodeURIComponent("（2026）鲁0102民初1号"), code: "ABCD-2345" }, "关联案件", "扫通知书上的二维码", "访问码"],
  "pages/case/answer": [{ caseId: "5" }, "民事答辩状", "对第1项诉讼请求有无异议", "请求归还本金", "无异议", "有异议"],
  "pages/case/submit": [{ caseId: "5" }, "回避", "开庭审理前提出", "须有当事人"],
  "pages/case/language": [{ caseId: "5" }, "用什么语言打官司", "维吾尔语", "法院正在安排翻译"],
  "pages/case/submission": [{ id: "s1" }, "答辩状", "对第1项诉讼请求有无异议", "已经归还", "有异议", "撤回"],
  "pages/desk/index": [{}, "1 条变动未阅", "起诉状副本、应诉通知书已于 2026-11-25 送达被告", "答辩：2026年12月10日前", "全部标为已阅"],
  "pages/desk/obligations": [{}, "2026年12月10日", "还有 3 天", "提交答辩状", "为什么是这一天"],
  "pages/desk/people": [{}, "何代管（山东明德律师事务所）", "选中的 1 件案件", "自动结束", "收回", "我有接受码"],
  "pages/desk/give": [{ kind: "stand_in" }, "全部案件", "对方接受后开始", "行使特别授权", "生成接受码"],
  "pages/desk/accept": [{ code: "0471529386" }, "10 位数字的接受码", "看看是什么"],
  "pages/desk/programs": [{}, "律所案件系统", "https://firm.example.com/hook", "推送记录", "还没有用过", "登记一个地址"],
  "pages/dossier/index": [{ caseId: "5" }, "（2026）鲁0102民初1号", "正卷 2 份，共 6 页", "上次阅卷后新增 1 份", "起诉状", "证据", "借条.jpg", "须同意", "申请阅卷", "每次阅读法院都有记录"],
  "pages/dossier/read": [{ id: "i1", caseId: "5", pages: "5", title: encodeURIComponent("起诉状") }, "起诉状", "共 5 页", "打开阅读"],
  "pages/service/list": [{ caseId: "5" }, "起诉状副本、应诉通知书", "已送达", "2026年11月25日"],
  "pages/service/detail": [{ id: "v1" }, "应诉通知书", "确认收到", "2026年11月25日", "民事诉讼法§91", "这个日期不对", "门卫", "查看送达回证"],
  "pages/service/address": [{ caseId: "5" }, "送达地址确认书", "李强", "同意在手机上收文书吗", "文书送到本平台之日", "确认送达地址"],
  "pages/hearing/list": [{}, "请您选日子", "接下来", "2030年12月3日 周二", "上午 9:00", "第一法庭", "我不方便的日子"],
  "pages/hearing/detail": [{ id: "k1" }, "2030年12月3日 周二", "上午 9:00 到 10:30", "第一法庭", "您选择到法院开庭", "打开传票", "身份证原件", "韩法官", "加到手机日历", "那天来不了"],
  "pages/hearing/online": [{ id: "k1" }, "在网上开庭，还是到法院", "和到法院开庭一样有效", "同意在线开庭", "您现在的选择：到法院开庭"],
  "pages/hearing/room": [{ id: "k1" }, "王芳 诉 李强 民间借贷纠纷", "请先检测设备", "庭审纪律", "不录制、不传播", "请在浏览器中参加"],
  "pages/hearing/away": [{}, "哪些日子您不方便", "12月10日", "不用说原因"],
  "pages/hearing/feed": [{}, "打开日历同步", "没有当事人的姓名"],
  "pages/hearing/announcements": [{ court: "鲁0102", name: encodeURIComponent("济南市历下区人民法院"), date: "2030-12-03" }, "开庭公告", "济南市历下区人民法院", "12月3日", "原告王芳；被告李强", "第一法庭"],
  "pages/reception/list": [{}, "预约接访", "执行", "已约定时间"],
  "pages/reception/ask": [{}, "是哪个案件的事", "希望上级法院一起听", "提交预约"],
  "pages/reception/detail": [{ id: "r1" }, "前面几人", "陆法官", "进入接访室", "请问执行进行到哪一步了"],
  "pages/questioning/officer": [{ word: "x" }, "远程提讯", "只能打开一次", "核对并进入"],
  "pages/contact/list": [{ caseId: "5" }, "给法官留言", "能否延期举证", "等法院答复", "11月27日", "1 条新答复"],
  "pages/contact/thread": [{ id: "t1" }, "能否延期举证", "孙书记员", "法院应在 11月27日（周五）下班前答复", "补充说明", "录一段话", "问题已解决"],
  "pages/contact/new": [{ caseId: "5" }, "问什么", "具体情况", "拍照", "录一段话", "发送"],
  "pages/bulk/index": [{}, "哪一类案件", "填好的表格和证据", "任务 9", "已核对"],
  "pages/bulk/job": [{ id: "9" }, "2 行可以建立草稿", "需要改正 1", "金额写法不对", "为 2 行建立草稿"],
  "pages/fee/list": [{}, "待交 1,150.00 元", "还剩 5 天", "救助审查期间，交费期限暂停计算", "用缴款码交费"],
  "pages/fee/notice": [{ id: "f1" }, "微信支付 1,150.00 元", "还剩 5 天", "2026年11月23日送达", "诉讼费用交纳办法§16", "4000 1234 1234 1234", "申请缓交、减交、免交", "交费通知书"],
  "pages/fee/payment": [{ id: "y4" }, "付好了", "票鲁0102-2026-00000001", "第二人审批", "到账"],
  "pages/fee/code": [{ code: "4000123412341234" }, "王*", "待交 1,150.00 元", "微信支付 1,150.00 元", "只交一部分"],
  "pages/fee/relief": [{ id: "f1" }, "缓交", "免交", "拍下证明材料", "提交申请"],
  "pages/verify/index": [{ number: encodeURIComponent("票鲁0102-2026-00000001"), code: "ABCDEFGH2345" }, "是真的", "1,150.00 元", "济南市历下区人民法院", "2026年11月23日"],
  "pages/calc/fee": [{}, "算一算", "离婚"],
  "pages/calc/deadline": [{}, "对判决上诉"],
  "pages/calc/court": [{}, "该去哪个法院", "民间借贷纠纷"],
  "pages/guide/walk": [{}, "遇到什么事", "第 1 问"],
  "pages/guide/index": [{}, "要准备什么", "提交以后会怎样"],
  "pages/account/identity": [{}, "先核对一下您是谁", "手机号"],
  "pages/account/practice": [{}, "执业证号"],
  "pages/account/devices": [{}, "本机", "电脑浏览器", "退出", "让其他设备都退出"],
  "pages/account/notices": [{}, "订阅微信提醒", "依法必须告知的事项", "法律要求告知，不能关闭", "22:00 到 08:00 不打扰"],
};

/** What only somebody whose name is known may do. */
const VERIFIED = ["pages/confirm/index"];

const templates = compileWxml(folder);
const device = (stored = signedIn, answer = court) => new Device(folder, templates, answer, structuredClone(stored));
const app = JSON.parse(readFileSync(join(folder, "app.json"), "utf8"));
const routes = [...app.pages, ...app.subPackages.flatMap((each) => each.pages.map((path) => `${each.root}/${path}`))];

let failures = 0;
await check(`packages: main ≤ 1.5 MiB, all ≤ 8 MiB`, sizes);
await check("nothing is loaded from elsewhere", noForeignAddresses);
for (const route of routes) await check(route, () => showsItsWords(route));
for (const route of ["pages/filings/index", "pages/case/detail", "pages/messages/index"]) await check(`${route} without network`, () => saysOffline(route));
await check("signing in sends WeChat's code to the court", signsIn);
await check("a device is ended with a fresh code of WeChat's", endsDevices);
await check("what is typed is on the phone at once and reaches the court", typesAndSyncs);
await check("a photo is stored, hashed and put to the signed address", uploadsPhoto);
await check("paying: the court's parameters reach WeChat, and only the court says whether it is paid", paysTruthfully);
await check("a cashier that was left is not paid, and one tap is one order", leavesCashier);
await check("coming back finds the truth without this phone's memory", comesBackToTruth);
await check("a defect opens exactly its field", opensDefect);
await check("a date is struck in two taps, and the court is told just that", strikesDate);
await check("a hearing goes into the phone's calendar with its own hours", writesCalendar);
await check("a hearing at Tencent's cloud: WeChat's pusher enters with what the court signed, its players show who is there", sitsInWechat);
await check("where WeChat lends no pusher the page says where to go instead", sentToBrowser);
await check("read aloud: asked of the court, written, heard, the next one after it, until it is stopped or left", () => readsAloud(device));
await check("read aloud: question, help, choices and what is filled in, from top to bottom", () => saysWhatStandsThere(device));
await check("read aloud: a court without a voice says so, and pages that tell nothing have no button", () => saysWhereNoVoice(device, signedIn));
console.log(failures === 0 ? "check:weapp passed" : `check:weapp: ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);

async function check(name, run) {
  try {
    const said = await run();
    console.log(`ok    ${name}${said ? `: ${said}` : ""}`);
  } catch (error) {
    failures++;
    console.log(`FAIL  ${name}\n      ${error.stack}`);
  }
}

function sizes() {
  const roots = app.subPackages.map((each) => `${each.root}/`);
  let main = 0;
  let all = 0;
  for (const { path, bytes } of filesIn(folder)) {
    all += bytes;
    if (!roots.some((root) => path.startsWith(root))) main += bytes;
  }
  assert.ok(main <= MAIN_BYTES, `the main package is ${main} bytes`);
  assert.ok(all <= ALL_BYTES, `all packages are ${all} bytes`);
  return `${Math.round(main / 1024)} KiB and ${Math.round(all / 1024)} KiB`;
}

function noForeignAddresses() {
  const code = filesIn(folder).filter(({ path }) => /\.(js|wxml|wxss|json)$/.test(path));
  for (const { path } of code) {
    const text = readFileSync(join(folder, path), "utf8");
    assert.doesNotMatch(text, /preloadAssets|cdn\d*\.dcloud|src="https?:|url\(["']?https?:/, path);
  }
}

async function showsItsWords(route) {
  assert.ok(PAGES[route], "this page has no expectations");
  const [query, ...words] = PAGES[route];
  const verified = { ...account, identity: { ...account.identity, state: { code: "verified", label: "已核验" } } };
  const phone = await device(VERIFIED.includes(route) ? { ...signedIn, account: verified } : signedIn).open(route, query);
  for (const word of words) assert.ok(await phone.shows(word), `"${word}" is missing in: ${phone.text()}`);
}

async function saysOffline(route) {
  const screen = (await device(signedIn, () => null).open(route, { id: "5" })).text();
  assert.match(screen, /网络连不上/);
  assert.match(screen, /再试一次/);
}

async function signsIn() {
  const phone = await device({}).open("pages/signin/index");
  await phone.tap("signin-submit");
  const sent = requests(phone).find(({ path }) => path === "/sessions/wechat");
  assert.deepEqual(sent.body, { code: "the-code" });
  assert.equal(phone.wx.getStorageSync("session").accessToken, "a");
  assert.equal(phone.wx.getStorageSync("account").name, "王芳");
}

async function endsDevices() {
  const phone = await device().open("pages/account/devices");
  await phone.tap("device-end-others");
  await phone.settle();
  const sent = requests(phone).find(({ path }) => path === "/sessions/end-others");
  assert.deepEqual(sent.body, { code: "the-code" });
}

async function typesAndSyncs() {
  const phone = await device().open("pages/wizard/party", { id: "d1", party: "p2" });
  await phone.type("field-defendant.address", "历下区解放路9号2单元");
  const [edit] = phone.wx.getStorageSync("draft:d1").pending;
  assert.deepEqual([edit.path, edit.value], ["/parties/p2/address", "历下区解放路9号2单元"]);
  await phone.tap("wizard-next");
  const sent = requests(phone).find(({ path }) => path === "/filings/1/edits");
  assert.equal(sent.body.edits[0].value, "历下区解放路9号2单元");
  assert.match(sent.header["Idempotency-Key"], /^[0-9a-f-]{36}$/);
  assert.ok(phone.wx.asked.some(([name]) => name === "navigateBack"));
}

async function uploadsPhoto() {
  const phone = await device().open("pages/wizard/evidence", { id: "d1" });
  await phone.tap("upload-evidence-camera");
  await phone.settle(40);
  const photo = Buffer.from("a photo of a loan note");
  const created = requests(phone).find(({ path }) => path === "/filings/1/materials");
  assert.equal(created.body.sha256, createHash("sha256").update(photo).digest("hex"));
  assert.equal(created.body.bytes, photo.length);
  const put = requests(phone).find(({ path }) => path.startsWith("https://store.test/"));
  assert.equal(put.method, "PUT");
  assert.equal(Buffer.from(put.body).toString(), photo.toString());
  assert.ok(requests(phone).some(({ path }) => path === "/materials/m2/complete"));
  assert.equal([...phone.wx.files.keys()].filter((each) => each.startsWith("wxfile://")).length, 0, "the copy is cleared away");
}

async function paysTruthfully() {
  const phone = await device().open("pages/fee/notice", { id: "f1" });
  await phone.tap("pay");
  const order = requests(phone).find(({ method, path }) => method === "POST" && path === "/fee-notices/f1/payments");
  assert.deepEqual(order.body, { channel: "wechat_jsapi", amountFen: 115000 });
  assert.match(order.header["Idempotency-Key"], /^[0-9a-f-]{36}$/);
  const [, sheet] = phone.wx.asked.find(([name]) => name === "requestPayment");
  assert.deepEqual([sheet.package, sheet.paySign, sheet.timeStamp], ["prepay_id=wx1", "signed", "1763863200"]);
  assert.deepEqual(requests(phone).find(({ path }) => path === "/payments/y2/moves").body, { action: "check" });
  assert.ok(await phone.shows("支付中 · 正在向微信核实"), phone.text());
  assert.match(phone.text(), /最迟 .*给您准信，您可以离开/);
  assert.doesNotMatch(phone.text(), /已支付|付好了/);
}

async function leavesCashier() {
  const phone = device();
  phone.wx.payFails = true;
  await phone.open("pages/fee/notice", { id: "f1" });
  const pay = phone.find("pay");
  await Promise.all([phone.fire(pay, "tap", {}), phone.fire(pay, "tap", {})]);
  assert.ok(await phone.shows("未完成支付"), phone.text());
  assert.match(phone.text(), /待支付/);
  const orders = requests(phone).filter(({ method, path }) => method === "POST" && path === "/fee-notices/f1/payments");
  assert.equal(orders.length, 1);
}

async function comesBackToTruth() {
  const phone = await device().open("pages/fee/notice", { id: "f2" });
  assert.ok(await phone.shows("支付中 · 正在向微信核实"), phone.text());
  assert.ok(requests(phone).some(({ path, body }) => path === "/payments/y1/moves" && body.action === "check"));
  const paid = (call) => (call.path.startsWith("/payments/y1") ? { status: 200, body: { ...court(call).body, state: { code: "succeeded", label: "支付成功" }, moves: [], receiptNumber: "票1", next: "已收到您支付的诉讼费 1,150 元，票据号 票1。" } } : court(call));
  const later = await device(signedIn, paid).open("pages/fee/payment", { id: "y1" });
  assert.ok(await later.shows("付好了"), later.text());
}

async function opensDefect() {
  const phone = await device().open("pages/filing/correction", { id: "d3" });
  await phone.tap("defect-fix");
  const [, { url }] = phone.wx.asked.find(([name]) => name === "navigateTo");
  assert.equal(url, "/pages/wizard/party?id=d3&party=p2&field=address&mend=1");
  const locked = await device().open("pages/filing/correction", { id: "d3" });
  locked.stack.length = 0;
  await locked.open("pages/wizard/party", { id: "d3", party: "p2", field: "address", mend: "1" });
  assert.equal(locked.find("field-defendant.address").attr.disabled, false);
  assert.equal(locked.find("field-defendant.name").attr.disabled, true, `only ${returned.editablePointers} may change`);
}

async function strikesDate() {
  const phone = await device().open("pages/hearing/detail", { id: "k2" });
  await phone.tap("strike-2");
  await phone.tap("dates-send");
  const sent = requests(phone).find(({ path }) => path === "/hearings/k2/responses");
  assert.deepEqual(sent.body, { strike: [2] });
  assert.match(sent.header["Idempotency-Key"], /^[0-9a-f-]{36}$/);
  assert.ok(await phone.shows("您已经答复了"), phone.text());
}

async function writesCalendar() {
  const phone = await device().open("pages/hearing/detail", { id: "k1" });
  await phone.tap("hearing-calendar");
  const [, entry] = phone.wx.asked.find(([name]) => name === "addPhoneCalendar");
  assert.equal(entry.startTime, Date.parse("2030-12-03T01:00:00Z") / 1000);
  assert.equal(entry.endTime, String(Date.parse("2030-12-03T02:30:00Z") / 1000));
  assert.match(entry.location, /第一法庭/);
}

/** The same hearing at a court that uses Tencent's cloud, the person being in the room. */
function atTencent(call) {
  const { path, method } = call;
  if (path === "/hearings/k1/ticket")
    return { status: 200, body: { driver: "trtc", role: "party", personId: "34", expiresAt: "2030-12-03T01:05:00Z", sdkAppId: 1400000001, userId: "h12-p34", userSig: "eJx-sig_", room: "hearing-12", privateMapKey: "eJx-may_" } };
  if (!path.startsWith("/hearings/k1/room")) return court(call);
  const room = court({ ...call, method: "GET", path: "/hearings/k1/room", body: undefined }).body;
  const people = [{ id: "35", seatId: "2", name: "韩法官", roleLabel: "审判员", role: "bench", mine: false, online: true, state: { code: "in", label: "在庭" }, connection: "" }];
  const me = { ...room.me, personId: "34", state: { code: "in", label: "在庭" }, next: "请进入庭审。" };
  const inside = { ...room, driver: "trtc", state: { code: "open", label: "正在开庭" }, moves: [], me, people };
  return { status: 200, body: method === "GET" || path.endsWith("/presence") ? inside : room };
}

async function sitsInWechat() {
  const phone = await device(signedIn, atTencent).open("pages/hearing/room", { id: "k1" });
  assert.ok(await phone.shows("正在进入"), phone.text());
  const pusher = () => phone.find("room-pusher");
  await phone.settle();
  assert.equal(pusher().tag, "wx-live-pusher");
  assert.equal(pusher().attr.mode, "RTC");
  const url = new URL(pusher().attr.url);
  assert.equal(`${url.protocol}//${url.host}${url.pathname}`, "room://cloud.tencent.com/rtc");
  const told = Object.fromEntries(url.searchParams);
  assert.deepEqual([told.sdkappid, told.strroomid, told.userid, told.usersig, told.privatemapkey], ["1400000001", "hearing-12", "h12-p34", "eJx-sig_", "eJx-may_"]);
  assert.ok(phone.wx.asked.some(([name, id]) => name === "start pusher" && id === "room-pusher"));
  await phone.fire(pusher(), "statechange", { code: 1018, message: "entered" });
  assert.ok(await phone.shows("等待其他人员的画面"), phone.text());
  const playurl = "room://cloud.tencent.com/rtc?userid=h12-p35&streamtype=main";
  await phone.fire(pusher(), "statechange", { code: 1033, message: JSON.stringify({ userlist: [{ userid: "h12-p35", streamtype: "main", hasvideo: true, playurl }] }) });
  const player = phone.find("room-player");
  assert.deepEqual([player.tag, player.attr.src, player.attr.mode], ["wx-live-player", playurl, "RTC"]);
  assert.ok(await phone.shows("审判员 韩法官"), phone.text());
  await phone.tap("room-mute");
  assert.equal(pusher().attr.enableMic, false);
  await phone.fire(pusher(), "statechange", { code: 1032, message: JSON.stringify({ userlist: [{ userid: "h12-p35" }] }) });
  assert.equal(phone.find("room-player"), null);
  await phone.fire(pusher(), "statechange", { code: -1307, message: "" });
  assert.ok(await phone.shows("正在重新连接"), phone.text());
}

async function sentToBrowser() {
  const phone = await device(signedIn, atTencent).open("pages/hearing/room", { id: "k1" });
  await phone.shows("正在进入");
  await phone.fire(phone.find("room-pusher"), "error", { errCode: 10001, errMsg: "no camera" });
  assert.ok(await phone.shows("请在浏览器中参加"), phone.text());
  assert.match(phone.text(), /没有借给摄像头或者麦克风。请复制网页地址/);
  await phone.tap("room-copy");
  const [, copied] = phone.wx.asked.find(([name]) => name === "setClipboardData");
  assert.match(copied.data, /#\/pages\/hearing\/room\?id=k1/);
}

function requests(phone) {
  return phone.wx.asked.filter(([name]) => name === "request").map(([, call]) => call);
}

function filesIn(root, below = "") {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesIn(root, path) : [{ path, bytes: statSync(join(root, path)).size }];
  });
}
