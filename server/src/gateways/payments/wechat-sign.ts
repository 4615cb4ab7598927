import { createPrivateKey, randomBytes } from "node:crypto";
import WechatPay from "wechatpay-node-v3";

/** What the library believes to be WeChat's address, whatever ours is; it signs what comes after it. */
export const ORIGIN = "https://api.mch.weixin.qq.com";

export interface SignerConfig {
  readonly mchId: string;
  readonly appId: string;
  /** Of the merchant's certificate. */
  readonly serial: string;
  readonly privateKey: string;
  readonly now: () => number;
}

/** What a request says and carries: made and signed by the library. The conversation itself is ours (`wechat-client`). */
export class Signer extends WechatPay {
  readonly #now: () => number;
  readonly #appId: string;

  constructor({ mchId, appId, serial, privateKey, now }: SignerConfig) {
    const pem = createPrivateKey(privateKey).export({ type: "pkcs8", format: "pem" });
    // The library insists on a public key only to read the serial out of it, which we bring.
    const unused = Buffer.from("brought by serial");
    super({
      appid: appId,
      mchid: mchId,
      serial_no: serial,
      publicKey: unused,
      privateKey: Buffer.from(pem),
      userAgent: "sutong (wechatpay-node-v3)",
    });
    this.#now = now;
    this.#appId = appId;
  }

  /** As the library's own, but by our clock and with a nonce that nobody can guess. */
  override buildAuthorization(method: string, url: string, body?: Record<string, unknown>): string {
    const nonce = newNonce();
    const timestamp = this.seconds();
    const signature = this.getSignature(method, nonce, timestamp, url.replace(ORIGIN, ""), body);
    return this.getAuthorization(nonce, timestamp, signature);
  }

  /** The fields of `wx.requestPayment`. */
  sheet(prepayId: string) {
    const [timeStamp, nonceStr, prepay] = [this.seconds(), newNonce(), `prepay_id=${prepayId}`];
    const paySign = this.sign(`${this.#appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`);
    return { timeStamp, nonceStr, package: prepay, signType: "RSA", paySign };
  }

  private seconds(): string {
    return String(Math.floor(this.#now() / 1000));
  }
}

const newNonce = () => randomBytes(16).toString("hex");
