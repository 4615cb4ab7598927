/** Every text of the first road, by its place. Other languages have some of them; what they lack is shown from here. */
export const zhCN = {
  "tab.home": "首页",
  "tab.filings": "我的立案",
  "tab.messages": "消息",
  "tab.me": "我的",

  "common.cancel": "取消",
  "common.confirm": "确定",
  "common.continue": "继续",
  "common.help": "帮助",
  "common.today": "今天",
  "common.retry": "再试一次",
  "common.refresh": "刷新",
  "common.signIn": "登录",

  "page.offline": "现在没有网络。填写的内容会先保存在手机里。",
  "load.slow": "网络有点慢，正在努力读取…",
  "load.signIn": "登录后就能看到",
  "load.goSignIn": "去登录",
  "load.failed": "暂时读不出来",
  "load.stale": "{problem} 下面是上次看到的内容。",

  "problem.failed": "没有办成",
  "problem.unknown": "出了点问题，请再试一次",
  "problem.offline": "网络连不上",
  "problem.offlineDetail": "请检查网络，稍后再试。已填的内容都保存在手机里。",

  "home.hello": "您好",
  "home.helloName": "{name}，您好",
  "home.title": "遇到纠纷，",
  "home.titleSecond": "在这里向法院立案",
  "home.lead": "一步一步带您填，随时保存，断网也不丢。提交后 7 日内法院会答复。",
  "home.start": "我要立案",
  "home.foot": "不会用手机也没关系：带上身份证和材料，到任何一家法院的诉讼服务大厅都能办。咨询请拨 12368。",

  "signin.title": "登录诉通",
  "signin.lead": "登录后，您写的材料会存进法院的草稿箱，换手机也能接着写。",
  "signin.wechat": "用微信登录",
  "signin.busy": "正在登录…",
  "signin.demonstration": "这是演示环境：写上任意名字就能体验，请不要填写真实的个人信息。",
  "signin.name": "您的名字",
  "signin.nameExample": "例如 王芳",
  "signin.nameMissing": "请先写上名字",
  "signin.useWechat": "请在微信里登录",
  "signin.useWechatLead": "打开微信，搜索小程序“诉通”，点“用微信登录”。网页上可以先看立案指南、计算诉讼费，不用登录。",
  "signin.foot": "登录就是您本人操作。请不要把手机借给别人办理。",

  "wizard.step": "第 {at} 步，共 {of} 步",
  "wizard.next": "下一步",
  "wizard.back": "上一步",
  "wizard.mended": "改好了，返回",

  "save.saved": "已保存到手机",
  "save.sending": "已保存到手机，正在同步",
  "save.synced": "已同步到法院草稿箱",
  "save.offline": "已保存到手机，等待网络",
  "save.signin": "已保存到手机，登录后同步",
  "save.conflict": "有内容在别处改过，请选择",
  "save.stopped": "这份材料现在不能改",
  "save.unstored": "手机里存不下了。请连上网络，同步好之前不要关闭",
  "save.retry": "立即重试",
  "save.refused": "有 {count} 处填写没有被接受，请看标红的地方。",

  "type.standard": "标准",
  "type.large": "大",
  "type.huge": "特大",
  "type.title": "文字大小",

  "messages.empty": "还没有消息。法院有通知会发到这里。",
  "messages.unread": "{count} 条没有看",
  "messages.readAll": "全部标为已看",
  "messages.settings": "通知设置",

  "language.title": "语言",
  "language.partial": "没有译文的地方显示汉文。法律文书以汉文为准。",
  "language.machine": "机器翻译，仅供参考，以汉文为准",
  "language.failed": "没有存到账号里，这部手机上已经改好",
} as const;

export type TextKey = keyof typeof zhCN;
/** A word of another language: who made it (a person, or a machine) and where it was found. */
export interface Translated {
  readonly text: string;
  readonly source: "human" | "machine";
  readonly from: string;
}
export type Catalogue = Partial<Record<TextKey, Translated>>;
