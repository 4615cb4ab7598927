// `npm run check:weapp`: the built mini-program compiles with WeChat's own compiler, every page runs and shows what it should,
// the main journeys reach WeChat and the court, and the packages stay small.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { account, content, court, returned } from "./court.mjs";
import { compileWxml, Device } from "./device.mjs";

const folder = fileURLToPath(new URL("../../dist/build/mp-weixin", import.meta.url));
const MAIN_BYTES = 1.5 * 1024 * 1024;
const ALL_BYTES = 8 * 1024 * 1024;

const record = { id: "d1", accountId: "7", filingId: "1", create: null, courtCode: "鲁0102", courtName: "济南市历下区人民法院", causeName: "民间借贷纠纷", version: 3, content, pending: [], inflight: null, conflicts: [], rejected: {}, savedAt: "" };
const signedIn = { session: { accessToken: "a", refreshToken: "r" }, account, "draft:d1": record, "draft:d3": { ...record, id: "d3", filingId: "3" } };

/** Every page with what must be on its screen. A page of app.json that is missing here fails the check. */
const PAGES = {
  "pages/home/index": [{}, "我要立案", "诉讼费要交多少", "王芳，您好"],
  "pages/filings/index": [{}, "王芳 诉 李强", "还剩 7 天", "待补正"],
  "pages/messages/index": [{}, "材料已收到", "1 条没有看"],
  "pages/me/index": [{}, "大字显示", "实名核验", "退出登录"],
  "pages/signin/index": [{}, "用微信登录"],
  "pages/wizard/cause": [{ id: "d1" }, "您遇到了什么事", "民间借贷纠纷", "借钱不还"],
  "pages/wizard/court": [{ id: "d1" }, "去哪个法院立案", "济南市历下区人民法院"],
  "pages/wizard/parties": [{ id: "d1" }, "王芳", "李强", "第三人"],
  "pages/wizard/party": [{ id: "d1", party: "p1" }, "原告（个人）", "联系电话", "赵律师"],
  "pages/wizard/agents": [{ id: "d1", party: "p1" }, "第 1 名代理人", "代为承认诉讼请求", "律师事务所"],
  "pages/wizard/claims": [{ id: "d1" }, "伍万元整", "诉讼费大约 1,050 元"],
  "pages/wizard/facts": [{ id: "d1" }, "您要对方还多少本金", "第 1 题", "填表说明"],
  "pages/wizard/evidence": [{ id: "d1" }, "身份证明", "授权委托书", "借条", "拍照"],
  "pages/wizard/service": [{ id: "d1" }, "送达地址确认书", "判决书、裁定书", "一审"],
  "pages/wizard/consents": [{ id: "d1" }, "开庭", "去法院办", "愿意先调解"],
  "pages/wizard/check": [{ id: "d1" }, "事实写得太短", "去修改"],
  "pages/wizard/sign": [{ id: "d1" }, "王芳 诉 李强", "请用手指", "提交给法院"],
  "pages/wizard/receipt": [{ id: "2" }, "鲁0102收20261122000001", "2026年11月22日 10:00", "还剩 7 天"],
  "pages/filing/detail": [{ id: "2" }, "待审查", "撤回", "办理经过"],
  "pages/filing/correction": [{ id: "d3" }, "被告住址不具体", "没有门牌号", "去修改"],
  "pages/case/list": [{}, "（2026）鲁0102民初1号"],
  "pages/case/detail": [{ id: "5" }, "（2026）鲁0102民初1号", "民事一审", "立案"],
  "pages/calc/fee": [{}, "算一算", "离婚"],
  "pages/calc/deadline": [{}, "对判决上诉"],
  "pages/calc/court": [{}, "该去哪个法院", "民间借贷纠纷"],
  "pages/guide/index": [{}, "要准备什么", "提交以后会怎样"],
  "pages/account/identity": [{}, "先核对一下您是谁", "手机号"],
  "pages/account/practice": [{}, "执业证号"],
};

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
await check("what is typed is on the phone at once and reaches the court", typesAndSyncs);
await check("a photo is stored, hashed and put to the signed address", uploadsPhoto);
await check("a defect opens exactly its field", opensDefect);
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
  const phone = await device().open(route, query);
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

function requests(phone) {
  return phone.wx.asked.filter(([name]) => name === "request").map(([, call]) => call);
}

function filesIn(root, below = "") {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesIn(root, path) : [{ path, bytes: statSync(join(root, path)).size }];
  });
}
