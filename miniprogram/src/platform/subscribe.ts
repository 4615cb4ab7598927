/** WeChat asks the person whether they want one more message of each template, in a tap of their own. */
declare const wx: {
  requestSubscribeMessage(options: {
    tmplIds: string[];
    success(answer: Record<string, string>): void;
    fail(why: { errCode?: number; errMsg: string }): void;
  }): void;
};

/** WeChat takes so many templates at a time. */
const AT_ONCE = 3;
/** The person has switched all such messages off in WeChat. */
const SWITCHED_OFF = 20004;

export type SubscribeAnswer = { kind: "asked"; accepted: string[] } | { kind: "switched-off" } | { kind: "not-here" };

/** To be called straight from a tap. "not-here": only the mini-program can ask. */
export function askSubscription(templateIds: readonly string[]): Promise<SubscribeAnswer> {
  if (process.env.UNI_PLATFORM !== "mp-weixin" || templateIds.length === 0)
    return Promise.resolve({ kind: "not-here" });
  const tmplIds = templateIds.slice(0, AT_ONCE);
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds,
      success: (answer) => resolve({ kind: "asked", accepted: tmplIds.filter((id) => answer[id] === "accept") }),
      fail: ({ errCode }) =>
        resolve(errCode === SWITCHED_OFF ? { kind: "switched-off" } : { kind: "asked", accepted: [] }),
    });
  });
}
