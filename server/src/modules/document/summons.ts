import type { Block, Line, Paper } from "./paper.ts";
import { writtenDay } from "./written.ts";

/** 传票 (民事诉讼法§139; 民诉法解释§227: parties are summoned, everybody else is given notice). */
export interface SummonsPaper {
  readonly courtName: string;
  readonly caseNumber: string;
  /** 案由. */
  readonly cause: string;
  /** Who is summoned, and on which side: `王芳`, `原告`. */
  readonly summoned: string;
  readonly side: string;
  /** 开庭审理, 庭前会议 … */
  readonly matter: string;
  /** `2026年3月16日（星期一）9时00分`. */
  readonly time: string;
  /** About how long. */
  readonly duration: string;
  /** Courtroom and address; the platform where this party takes part online. */
  readonly place: string;
  readonly online: boolean;
  readonly judge: string;
  readonly courtClerk: string;
  /** Set where an earlier summons is replaced: `2026年3月9日9时00分`. */
  readonly replaces: string | null;
  /** Plaintiffs lose their suit by staying away, the others are tried without them (民诉§146, §147). */
  readonly isPlaintiff: boolean;
  readonly interpreter: string | null;
  /** Where the code leads. */
  readonly url: string;
  readonly issuedOn: string;
}

export function summons(data: SummonsPaper): Paper {
  const { courtName, caseNumber, cause, summoned, side, matter, time, duration, place, judge, courtClerk } = data;
  return {
    court: courtName,
    title: "传票",
    number: caseNumber,
    author: courtName,
    // On one page, also with all that is said to those who take part online.
    compact: data.online || data.replaces !== null,
    blocks: [
      ...(data.replaces === null
        ? []
        : ([
            {
              kind: "paragraph",
              text: `原定${data.replaces}的安排已经改变，此前的传票作废，以本传票为准。`,
              strong: true,
            },
          ] as const)),
      {
        kind: "facts",
        strong: ["被传唤人", "应到时间", "应到处所"],
        rows: [
          ["案由", cause],
          ["被传唤人", `${summoned}（${side}）`],
          ["传唤事由", matter],
          ["应到时间", `${time}，预计 ${duration}`],
          ["应到处所", place],
          ...(data.interpreter === null ? [] : [["翻译", `${data.interpreter}（法院提供，不收费）`] as const]),
        ],
      },
      { kind: "heading", text: "注意事项" },
      ...remarks(data).map((text, at): Block => ({ kind: "paragraph", text: `${at + 1}. ${text}` })),
      {
        kind: "code",
        content: data.url,
        caption: data.online ? "微信扫码查看并进入" : "微信扫码查看",
        lines: codeLines(data),
      },
      {
        kind: "closing",
        lines: [
          ...(judge === "" ? [] : [`审判员　${judge}`]),
          ...(courtClerk === "" ? [] : [`书记员　${courtClerk}`]),
          courtName,
          writtenDay(data.issuedOn),
        ],
      },
    ],
  };
}

function remarks({ online, isPlaintiff }: SummonsPaper): string[] {
  const absent = isPlaintiff
    ? "无正当理由拒不到庭，或者未经法庭许可中途退庭的，可以按撤诉处理（民事诉讼法第一百四十六条）。"
    : "无正当理由拒不到庭，或者未经法庭许可中途退庭的，可以缺席审理和判决（民事诉讼法第一百四十七条）。";
  return [
    online
      ? "请在开庭前三十分钟通过本平台验证身份、检查设备和网络，在安静、封闭、光线充足的地方参加。"
      : "请携带本传票和身份证件，准时到达应到处所；需要核对原件的证据请一并带来。",
    absent,
    ...(online
      ? [
          "除经查明确属网络故障、设备损坏、电力中断或者不可抗力等原因外，不按时在线参加的，视为拒不到庭（人民法院在线诉讼规则第二十五条）。",
          "任何人不得录制、截取、传播在线庭审的音视频和图文（人民法院在线诉讼规则第二十七条）。",
        ]
      : []),
    "确有正当理由不能参加的，请尽早在本平台说明并提交证明材料，由法院决定是否延期。",
    "委托诉讼代理人的，应当在开庭前提交授权委托书。",
  ];
}

const codeLines = ({ caseNumber, online }: SummonsPaper): Line[] => [
  { label: "案号", text: caseNumber },
  {
    label: online ? "在线参加" : "出行",
    text: online ? "扫码后进入“我的庭期”，按提示进入在线法庭。" : "扫码查看法庭位置、加入手机日历。",
  },
  "收到本传票后请在平台上确认收到，或者在送达回证上签名。",
  "本院不会通过电话、短信索要验证码，也不要求向个人账户转账。",
];
