declare module "tls-sig-api-v2" {
  /** Tencent's own maker of UserSig; seconds throughout. */
  export class Api {
    constructor(sdkAppId: number, key: string);
    genUserSig(userId: string, expire: number): string;
    genPrivateMapKeyWithStringRoomID(userId: string, expire: number, room: string, privileges: number): string;
  }
}
