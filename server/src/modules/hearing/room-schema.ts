import { z } from "zod";
import { idField, line, momentView, movesView, nameField, stateView } from "#core/fields.ts";
import { BREAK_CAUSES, type BreakCause, STOP_REASONS, type StopReason } from "./room-words.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const some = (max: number) => z.number().int().min(0).max(max).nullable().default(null);

export const devicesField = z.strictObject({
  camera: z.boolean(),
  microphone: z.boolean(),
  speaker: z.boolean().nullable().default(null),
  rttMs: some(60_000).meta({ description: "到法院服务器的往返时间" }),
});
export type Devices = z.infer<typeof devicesField>;

const who = { personId: idField };
const idTail = z
  .string()
  .regex(/^[0-9A-Za-z]{6}$/, "请填写证件号码的最后六位")
  .optional();
export const roomMove = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("check_in"), devices: devicesField, idTail }),
  z.strictObject({ action: z.literal("ask_to_watch") }),
  z.strictObject({ action: z.literal("accept_invitation"), word: z.string().regex(/^[\w-]{43}$/, "邀请链接不完整") }),
  z.strictObject({ action: z.literal("open") }),
  z.strictObject({
    action: z.literal("invite"),
    role: z.enum(["witness", "interpreter", "guardian"]),
    name: nameField(50, 1),
  }),
  z.strictObject({ action: z.literal("admit"), ...who }),
  z.strictObject({ action: z.literal("call_witness"), ...who }),
  z.strictObject({ action: z.literal("send_out"), ...who }),
  z.strictObject({ action: z.literal("start_record") }),
  z.strictObject({
    action: z.literal("stop_record"),
    reason: z.enum(
      keysOf<StopReason>(STOP_REASONS).filter((one) => one !== "end") as ["recess", "closed_part", "mediation"],
    ),
  }),
  z.strictObject({
    action: z.literal("break_off"),
    personId: idField.optional().meta({ description: "法庭记录某人断线；缺省：本人页面报告" }),
    cause: z.enum(keysOf<BreakCause>(BREAK_CAUSES)),
    note: line(200).default(""),
  }),
  z.strictObject({ action: z.literal("back") }),
  z.strictObject({ action: z.literal("leave") }),
  z.strictObject({ action: z.literal("end") }),
]);
export type RoomMove = z.infer<typeof roomMove>;

export const beat = z.strictObject({ connection: z.enum(["good", "poor", "lost"]).default("good") });

const personView = z.object({
  id: z.string().nullable().meta({ description: "到场记录编号，也是视频画面的编号；未到的为空" }),
  seatId: z.string().nullable(),
  name: z.string(),
  roleLabel: z.string(),
  role: z.enum(["bench", "party", "witness", "spectator"]),
  mine: z.boolean(),
  beside: z.string().nullable().meta({ description: "与谁同用一个画面：其到场记录编号" }),
  online: z.boolean().meta({ description: "否：到法庭参加" }),
  state: stateView,
  checkedAt: momentView.nullable().meta({ description: "身份再次核验通过的时间" }),
  checkedInAt: momentView.nullable(),
  devices: devicesField.nullable(),
  connection: z.string(),
  moves: movesView,
});
export const roomPage = z
  .object({
    hearing: z.object({
      id: z.string(),
      number: z.string(),
      title: z.string(),
      court: z.string(),
      kind: stateView,
      mode: stateView,
      state: stateView,
      timeText: z.string(),
      startsAt: momentView.nullable(),
      isPublic: z.boolean(),
    }),
    driver: z.enum(["janus", "trtc", "none"]),
    state: stateView,
    openedAt: momentView.nullable(),
    endedAt: momentView.nullable(),
    now: momentView,
    moves: movesView,
    me: z.object({
      personId: z.string().nullable(),
      standing: z.enum(["bench", "court", "party", "witness", "spectator", "stranger"]),
      state: stateView,
      roleLabel: z.string(),
      watermark: z.string().meta({ description: "画面水印：本人姓名" }),
      next: z.string().meta({ description: "现在该做什么，一句话" }),
      needsIdentity: z.boolean(),
    }),
    rules: z.array(z.string()),
    people: z.array(personView),
    recording: z.boolean(),
    recordings: z.array(
      z.object({
        ordinal: z.number().int(),
        startedAt: momentView,
        stoppedAt: momentView.nullable(),
        reason: stateView.nullable(),
        files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })).nullable(),
        unfinished: z.number().int(),
        sha256: z.string().nullable(),
        film: z
          .object({
            state: stateView,
            seconds: z.number().int().nullable(),
            bytes: z.number().nullable(),
            sha256: z.string().nullable(),
          })
          .nullable()
          .meta({ description: "闭庭后合成的一份；原始文件仍然保存" }),
      }),
    ),
    films: z.boolean().meta({ description: "否：服务器没有合成录音录像的程序，只有各人的原始文件" }),
    breaks: z.array(
      z.object({
        id: z.string(),
        personId: z.string(),
        name: z.string(),
        source: stateView,
        cause: stateView.nullable(),
        note: z.string(),
        from: momentView,
        to: momentView.nullable(),
      }),
    ),
    transcript: z.object({ state: stateView, pages: z.number().int() }).nullable(),
    invitation: z
      .object({ path: z.string(), name: z.string() })
      .nullable()
      .meta({ description: "刚发出的邀请，只显示一次" }),
  })
  .meta({ id: "HearingRoom" });

export const ticketView = z
  .object({
    role: z.enum(["bench", "party", "witness", "spectator"]),
    personId: z.string(),
    expiresAt: momentView,
    driver: z.enum(["janus", "trtc"]),
    path: z.string().optional(),
    ticket: z.string().optional(),
    iceServers: z
      .array(z.object({ urls: z.array(z.string()), username: z.string(), credential: z.string() }))
      .optional(),
    sdkAppId: z.number().int().optional(),
    userId: z.string().optional(),
    userSig: z.string().optional(),
    room: z.string().optional(),
    privateMapKey: z.string().optional(),
  })
  .meta({ id: "HearingTicket" });

export const filmParams = z.strictObject({ id: idField, ordinal: z.string().regex(/^[1-9]\d{0,3}$/) });
export const filmAddress = z.object({ url: z.string(), seconds: z.number().int() });
