import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import { code, count, id, maybeCode, maybeFen, maybeMoment, maybeReference, moment, reference } from "#core/columns.ts";
import type { Work } from "#core/work.ts";
import type { PaymentChannel } from "#gateways/payments/port.ts";
import type { Source } from "./events.ts";
import type { PaymentState, RefundOrigin, RefundState } from "./workflow.ts";

/** 支付: one order at WeChat. Made before WeChat is asked, so that nothing can be paid that we do not know of. */
export class Payment extends Model<InferAttributes<Payment>, InferCreationAttributes<Payment>> {
  declare id: CreationOptional<string>;
  declare noticeId: string;
  declare courtCode: string;
  declare accountId: string;
  declare requestKey: string;
  declare orderNumber: string;
  declare channel: PaymentChannel;
  declare amountFen: number;
  declare state: PaymentState;
  /** `notice:account` while it may still be paid; unique. */
  declare liveOf: CreationOptional<string | null>;
  declare opening: CreationOptional<Buffer | null>;
  declare expiresAt: Date;
  declare promisedAt: CreationOptional<Date | null>;
  declare askAt: CreationOptional<Date | null>;
  /** How often WeChat was asked; also the fencing number of whoever is asking. */
  declare asked: CreationOptional<number>;
  declare transactionNumber: CreationOptional<string | null>;
  declare paidFen: CreationOptional<number | null>;
  declare appliedFen: CreationOptional<number>;
  declare refundedFen: CreationOptional<number>;
  declare paidAt: CreationOptional<Date | null>;
  declare settledAt: CreationOptional<Date | null>;
  declare settledBy: CreationOptional<Source | null>;
  declare receiptNumber: CreationOptional<string | null>;
  declare receiptCode: CreationOptional<string | null>;
  declare version: CreationOptional<number>;
  declare createdAt: Date;
  declare updatedAt: Date;
}

/** 退费. */
export class Refund extends Model<InferAttributes<Refund>, InferCreationAttributes<Refund>> {
  declare id: CreationOptional<string>;
  declare paymentId: string;
  declare noticeId: string;
  declare courtCode: string;
  declare refundNumber: string;
  declare source: string;
  declare origin: RefundOrigin;
  declare amountFen: number;
  declare reason: string;
  declare state: RefundState;
  declare requestedBy: CreationOptional<string | null>;
  declare requestedAt: Date;
  declare approvedBy: CreationOptional<string | null>;
  declare approvedAt: CreationOptional<Date | null>;
  declare note: CreationOptional<string | null>;
  declare wechatId: CreationOptional<string | null>;
  declare askAt: CreationOptional<Date | null>;
  declare asked: CreationOptional<number>;
  declare dueOn: string;
  declare finishedAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
}

const fen = (column: string) => ({ ...maybeFen(column), allowNull: false, defaultValue: 0 });
const firstVersion = () => ({ ...count(), defaultValue: 1 });

export function definePayment(sequelize: Sequelize): void {
  Payment.init(
    {
      id: id(),
      noticeId: reference(),
      courtCode: code(16),
      accountId: reference(),
      requestKey: code(64),
      orderNumber: code(32),
      channel: code(16),
      amountFen: fen("amountFen"),
      state: code(16),
      liveOf: maybeCode(48),
      opening: { type: DataTypes.BLOB },
      expiresAt: moment(),
      promisedAt: maybeMoment(),
      askAt: maybeMoment(),
      asked: count(),
      transactionNumber: maybeCode(64),
      paidFen: maybeFen("paidFen"),
      appliedFen: fen("appliedFen"),
      refundedFen: fen("refundedFen"),
      paidAt: maybeMoment(),
      settledAt: maybeMoment(),
      settledBy: maybeCode(16),
      receiptNumber: maybeCode(40),
      receiptCode: maybeCode(12),
      version: firstVersion(),
      createdAt: moment(),
      updatedAt: moment(),
    },
    { sequelize, tableName: "payment" },
  );
  Refund.init(
    {
      id: id(),
      paymentId: reference(),
      noticeId: reference(),
      courtCode: code(16),
      refundNumber: code(32),
      source: code(64),
      origin: code(16),
      amountFen: fen("amountFen"),
      reason: code(200),
      state: code(16),
      requestedBy: maybeReference(),
      requestedAt: moment(),
      approvedBy: maybeReference(),
      approvedAt: maybeMoment(),
      note: maybeCode(200),
      wechatId: maybeCode(64),
      askAt: maybeMoment(),
      asked: count(),
      dueOn: { type: DataTypes.DATEONLY, allowNull: false },
      finishedAt: maybeMoment(),
      version: firstVersion(),
    },
    { sequelize, tableName: "refund" },
  );
}

/** Changes a payment that is held, and counts the change. */
export const changePayment = (
  work: Work,
  payment: Payment,
  values: Partial<InferAttributes<Payment>>,
): Promise<Payment> =>
  payment.update({ ...values, version: payment.version + 1, updatedAt: work.at }, { transaction: work.tx });

export const changeRefund = (work: Work, refund: Refund, values: Partial<InferAttributes<Refund>>): Promise<Refund> =>
  refund.update({ ...values, version: refund.version + 1 }, { transaction: work.tx });
