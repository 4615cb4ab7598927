import { call } from "./client";
import type { Account, ClientConfig, IdType, Session } from "./types";

export const clientConfig = () => call<ClientConfig>({ path: "/client-config", anonymous: true });
export const signInByWechat = (code: string) =>
  call<Session>({ method: "POST", path: "/sessions/wechat", body: { code }, anonymous: true });
export const signOut = () => call<void>({ method: "DELETE", path: "/sessions/current" });
export const setLanguage = (language: string) =>
  call<Account>({ method: "PUT", path: "/me/language", body: { language } });
export const me = () => call<Account>({ path: "/me" });

export interface Device {
  id: string;
  device: string;
  createdAt: string;
  seenAt: string;
  current: boolean;
}
export const listDevices = () => call<{ items: Device[] }>({ path: "/sessions" });
export const endDevice = (id: string, code: string) =>
  call<void>({ method: "POST", path: `/sessions/${id}/end`, body: { code } });
export const endOtherDevices = (code: string) =>
  call<void>({ method: "POST", path: "/sessions/end-others", body: { code } });

export interface Identity {
  name: string;
  idType: IdType;
  idNumber: string;
  phone: string;
}
export const checkIdentity = (identity: Identity) =>
  call<Account>({ method: "PUT", path: "/me/identity", body: identity });
export const askIdentityReview = (note: string, key: string) =>
  call<Account>({ method: "POST", path: "/me/identity/review", body: { note }, key });
export const setPractice = (practice: { licenseNumber: string; firm: string }) =>
  call<Account>({ method: "PUT", path: "/me/practice", body: practice });
