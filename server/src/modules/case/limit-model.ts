import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import { code, count, id, maybeCode, maybeDay, moment, reference, text } from "#core/columns.ts";

/** 审限变更: what lengthens the time a court may take, or is not counted. */
export class CaseLimitEvent extends Model<InferAttributes<CaseLimitEvent>, InferCreationAttributes<CaseLimitEvent>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare kind: "extend" | "deduct";
  declare approver: CreationOptional<string | null>;
  declare amount: CreationOptional<number | null>;
  declare deduction: CreationOptional<string | null>;
  declare fromOn: string;
  declare toOn: string | null;
  declare note: string;
  declare accountId: string;
  declare at: Date;
}

export function defineLimit(sequelize: Sequelize): void {
  CaseLimitEvent.init(
    {
      id: id(),
      caseId: reference(),
      kind: code(16),
      approver: maybeCode(16),
      amount: { ...count(), allowNull: true },
      deduction: maybeCode(24),
      fromOn: { type: DataTypes.DATEONLY, allowNull: false },
      toOn: maybeDay(),
      note: text(500),
      accountId: reference(),
      at: moment(),
    },
    { sequelize, tableName: "case_limit_event" },
  );
}
