import { call } from "./client";

export type NoticeChannel = "wechat" | "sms" | "email";
export interface NoticeChoice {
  channel: NoticeChannel;
  label: string;
  on: boolean;
  /** The law wants it: it cannot be switched off. */
  locked: boolean;
  note: string | null;
}
export interface NoticeGroup {
  group: string;
  label: string;
  note: string;
  channels: NoticeChoice[];
}
export interface NoticeChoices {
  groups: NoticeGroup[];
  quiet: { from: string; to: string; note: string };
  addresses: { phone: string | null; email: string | null };
  subscriptions: { templateId: string; group: string; label: string; left: number }[];
}

export const noticeChoices = () => call<NoticeChoices>({ path: "/me/notices" });
export const chooseNotice = (group: string, channel: NoticeChannel, on: boolean) =>
  call<NoticeChoices>({
    method: "PUT",
    path: "/me/notices",
    body: { groups: [{ group, channels: { [channel]: on } }] },
  });
export const tellSubscribed = (templateIds: string[], key: string) =>
  call<NoticeChoices>({ method: "POST", path: "/me/notices/subscriptions", body: { templateIds }, key });
