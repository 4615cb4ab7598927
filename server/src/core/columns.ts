import { DataTypes, type Model, type ModelAttributeColumnOptions } from "sequelize";

// Functions, not constants: Sequelize writes the column's name into the object it is given, so one object under
// two names becomes one column.

const asText = (column: string) =>
  function (this: Model): string | null {
    const value = this.getDataValue(column as never) as unknown;
    return value == null ? null : String(value);
  };

/** BIGINT UNSIGNED, handed out as a decimal string everywhere (it may pass 2^53). */
export const id = (): ModelAttributeColumnOptions => ({
  type: DataTypes.BIGINT.UNSIGNED,
  autoIncrement: true,
  primaryKey: true,
  get: asText("id"),
});
export const reference = (): ModelAttributeColumnOptions => ({ type: DataTypes.BIGINT.UNSIGNED, allowNull: false });
export const maybeReference = (): ModelAttributeColumnOptions => ({ type: DataTypes.BIGINT.UNSIGNED });
export const code = (length = 32): ModelAttributeColumnOptions => ({
  type: DataTypes.STRING(length),
  allowNull: false,
});
export const maybeCode = (length = 32): ModelAttributeColumnOptions => ({ type: DataTypes.STRING(length) });
export const text = (length: number): ModelAttributeColumnOptions => ({
  type: DataTypes.STRING(length),
  allowNull: false,
  defaultValue: "",
});
export const moment = (): ModelAttributeColumnOptions => ({ type: DataTypes.DATE(3), allowNull: false });
export const maybeMoment = (): ModelAttributeColumnOptions => ({ type: DataTypes.DATE(3) });
/** A court day in Asia/Shanghai, `YYYY-MM-DD`. */
export const maybeDay = (): ModelAttributeColumnOptions => ({ type: DataTypes.DATEONLY });
export const count = (): ModelAttributeColumnOptions => ({
  type: DataTypes.INTEGER.UNSIGNED,
  allowNull: false,
  defaultValue: 0,
});
export const flag = (): ModelAttributeColumnOptions => ({
  type: DataTypes.BOOLEAN,
  allowNull: false,
  defaultValue: false,
});
/** Money in fen; BIGINT arrives as text and leaves as a number (a claim stays far below 2^53 fen). */
export const maybeFen = (column: string): ModelAttributeColumnOptions => ({
  type: DataTypes.BIGINT,
  get(this: Model): number | null {
    const value = this.getDataValue(column as never) as unknown;
    return value == null ? null : Number(value);
  },
});
export const sealed = (): ModelAttributeColumnOptions => ({ type: DataTypes.BLOB("medium") });
export const json = (): ModelAttributeColumnOptions => ({ type: DataTypes.TEXT("medium"), allowNull: false });
