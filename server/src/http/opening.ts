/**
 * `/opening.js`, asked for by both pages beside their program: says that the page is being opened, that the network is slow, or
 * that it did not open and what to do; tries again twice by itself. Without it a program that never arrives leaves a blank page.
 * Written for browsers of long ago, since it has to run where the program does not.
 */
export const OPENING = `(function () {
  var KEY = "sutong-opening";
  var app = document.getElementById("app");
  var box = document.getElementById("opening");
  if (!app || !box) return;
  var words = box.getElementsByTagName("p")[0];
  var begun = Date.now();
  var given = false;

  // Told by the program's first line: what comes after it waits for the court, and is not begun anew.
  function started() { return document.documentElement.hasAttribute("data-started"); }
  function tries(count) {
    try {
      if (count !== undefined) sessionStorage.setItem(KEY, String(count));
      return Number(sessionStorage.getItem(KEY)) || 0;
    } catch (error) { return 9; }
  }
  function again() { location.reload(); }
  function say(text, withButton) {
    words.innerHTML = text;
    if (!withButton || given) return;
    given = true;
    var button = document.createElement("button");
    button.className = "again";
    button.innerHTML = "重新打开";
    button.onclick = again;
    box.appendChild(button);
    window.addEventListener("online", again);
  }
  function look() {
    if (app.children.length > 0) { tries(0); return; }
    var waited = Date.now() - begun;
    if (document.readyState === "complete" && !started()) {
      if (!("noModule" in document.createElement("script")))
        return say("这个浏览器版本太旧，打不开本页。请用微信打开，或者换用新版浏览器。", false);
      var count = tries();
      if (count >= 2 || navigator.onLine === false)
        return say("没有打开：网络中断或者不稳。请检查网络，再点“重新打开”。", true);
      tries(count + 1);
      say("网络不稳，正在重新打开……", false);
      return setTimeout(again, 2000 * (count + 1));
    }
    if (waited > 30000) say("还没有打开，网络很慢。可以再等一会儿，也可以重新打开。", true);
    else if (waited > 6000) say("网络较慢，还在打开，请稍候……", false);
    setTimeout(look, 500);
  }
  look();
})();
`;
