import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Order } from "./wechat-pay-orders.ts";
import type { Refund } from "./wechat-pay-refunds.ts";

interface Books {
  readonly orders: Map<string, Order>;
  readonly refunds: Map<string, Refund>;
}
interface Kept {
  readonly orders: Order[];
  readonly refunds: (Omit<Refund, "order"> & { readonly order: string })[];
}

/** Keeps the books in a file, so that a demonstration that was stopped finds its payments again. */
export function keepBooks(file: string, { orders, refunds }: Books): { save(): void } {
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, "utf8")) as Kept;
    for (const order of kept.orders) orders.set(order.out_trade_no, order);
    for (const refund of kept.refunds) {
      const order = orders.get(refund.order);
      if (order) refunds.set(refund.out_refund_no, { ...refund, order });
    }
  }
  let saved = "";
  return {
    save() {
      const text = JSON.stringify({
        orders: [...orders.values()],
        refunds: [...refunds.values()].map((refund) => ({ ...refund, order: refund.order.out_trade_no })),
      });
      if (text === saved) return;
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      saved = text;
    },
  };
}
