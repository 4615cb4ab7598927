// Reading aloud in WeChat: pages tell what stands on them, the court says it, the phone plays it.
import assert from "node:assert/strict";
import { court } from "./court.mjs";

const asks = (phone) => phone.wx.asked.filter(([name, { path }]) => name === "request" && path === "/speech").map(([, { body }]) => body.text);

export async function readsAloud(device) {
  const phone = await device().open("pages/wizard/consents", { id: "d1" });
  await phone.tap("aloud");
  assert.equal(phone.wx.heard.length, 1);
  const [first, second] = asks(phone);
  assert.deepEqual(asks(phone), [first, second], "the next one is fetched while one is heard, and no more");
  assert.deepEqual(phone.wx.heard, [`sound of ${first}`]);
  phone.wx.endSound();
  await phone.settle();
  assert.deepEqual(phone.wx.heard, [`sound of ${first}`, `sound of ${second}`]);
  assert.match(textsOf(phone, "aloud"), /停止/);
  await phone.tap("aloud");
  assert.equal(phone.wx.endSound, null, "the loudspeaker is silent");
  assert.match(textsOf(phone, "aloud"), /朗读/);
  const asked = asks(phone).length;
  await phone.settle();
  assert.deepEqual([asks(phone).length, phone.wx.heard.length], [asked, 2]);
  assert.deepEqual([...phone.wx.files.keys()].filter((each) => each.includes("aloud")), [], "no sound is left behind");

  await phone.tap("aloud");
  assert.equal(phone.wx.heard.length, 3);
  await phone.hide();
  assert.equal(phone.wx.endSound, null, "whoever leaves the page hears nothing more");
  assert.match(textsOf(phone, "aloud"), /朗读/);
}

export async function saysWhatStandsThere(device) {
  const said = await hearAll(device, "pages/wizard/service", { id: "d1" });
  inOrder(said, ["第 7 步", "法院的文书送到哪里", "收件人，必填", "填的是：王芳。", "电话", "详细地址", "历下区和平路1号", "按钮：下一步"]);
  const consents = await hearAll(device, "pages/wizard/consents", { id: "d1" });
  inOrder(consents, ["哪些事愿意在手机上办", "立案。", "同意在线办，在手机上提交材料、收立案结果，已经选了。", "去法院办，带材料到法院窗口办，没有选。", "愿意先调解吗", "还没想好，想多了解，已经选了。"]);
  inOrder(await hearAll(device, "pages/wizard/facts", { id: "d1" }), ["您要对方还多少本金", "尚欠本金", "还没有填。"]);
  inOrder(await hearAll(device, "pages/wizard/receipt", { id: "2" }), ["法院已经收到", "鲁0102收20261122000001", "2026年11月22日 10:00", "接下来", "还剩 7 天"]);
  inOrder(await hearAll(device, "pages/filing/correction", { id: "d3" }), ["按清单补正", "被告住址不具体", "没有门牌号", "写到门牌号"]);
  inOrder(await hearAll(device, "pages/fee/notice", { id: "f1" }), ["待交 1,150.00 元", "交费期限", "这笔费用怎么算的", "减半"]);
  inOrder(await hearAll(device, "pages/service/detail", { id: "v1" }), ["应诉通知书", "送达给被告李强", "2026年11月25日", "民事诉讼法§91", "确认收到"]);
  inOrder(await hearAll(device, "pages/messages/index"), ["1 条没有看", "材料已收到"]);
  inOrder(await hearAll(device, "pages/home/index"), ["王芳，您好", "待交 1,150.00 元", "我的立案"]);
  for (const route of ["cause", "court", "parties", "claims", "evidence", "check", "sign"]) assert.ok((await hearAll(device, `pages/wizard/${route}`, { id: "d1" })).length > 2, route);
  for (const route of ["pages/guide/index", "pages/guide/walk"]) assert.ok((await hearAll(device, route)).length > 1, route);
}

export async function saysWhereNoVoice(device, signedIn) {
  const silent = (call) => (call.path === "/speech" ? { status: 409, body: { code: "speech.off" } } : court(call));
  const phone = await device(signedIn, silent).open("pages/guide/index");
  await phone.tap("aloud");
  const [, told] = phone.wx.asked.find(([name]) => name === "showModal");
  assert.match(told.content, /法院还没有开通朗读/);
  assert.equal(phone.wx.heard.length, 0);
  const away = await device(signedIn, (call) => (call.path === "/speech" ? null : court(call))).open("pages/guide/index");
  await away.tap("aloud");
  assert.ok(away.wx.asked.some(([name, { title }]) => name === "showToast" && /网络连不上/.test(title)));
  assert.equal((await device().open("pages/me/index")).find("aloud"), null);
}

/** All that is said of a page, from the press of the button until it falls silent by itself. */
async function hearAll(device, route, query = {}) {
  const phone = await device().open(route, query);
  await phone.tap("aloud");
  for (let heard = 0; phone.wx.heard.length > heard && heard < 120; ) {
    heard = phone.wx.heard.length;
    phone.wx.endSound();
    await phone.settle(4);
  }
  assert.match(textsOf(phone, "aloud"), /朗读/, `${route} comes to an end`);
  return phone.wx.heard.map((each) => each.replace("sound of ", ""));
}

function inOrder(said, words) {
  let from = 0;
  for (const word of words) {
    const at = said.findIndex((text, n) => n >= from && text.includes(word));
    assert.ok(at >= 0, `"${word}" after "${said[from]}" in:\n${said.join("\n")}`);
    from = at;
  }
}

function textsOf(phone, test) {
  const words = (node) => (typeof node === "string" ? node : (node.children ?? []).map(words).join(""));
  return words(phone.find(test));
}
