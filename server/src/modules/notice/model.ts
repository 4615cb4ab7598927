import {
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import { code, id, maybeCode, maybeMoment, maybeReference, moment, reference, sealed } from "#core/columns.ts";

/** 站内消息: one per account and event. */
export class Message extends Model<InferAttributes<Message>, InferCreationAttributes<Message>> {
  declare id: CreationOptional<string>;
  declare accountId: string;
  declare eventId: string;
  declare template: string;
  declare title: string;
  declare body: Buffer;
  declare linkKind: string | null;
  declare linkId: string | null;
  declare at: Date;
  declare readAt: CreationOptional<Date | null>;
  /** The object of the event, and whose people may see whether it reached. */
  declare about: CreationOptional<string | null>;
  declare courtCode: CreationOptional<string | null>;
  declare caseId: CreationOptional<string | null>;
}

export function defineMessage(sequelize: Sequelize): void {
  Message.init(
    {
      id: id(),
      accountId: reference(),
      eventId: reference(),
      template: code(40),
      title: code(100),
      body: sealed(),
      linkKind: maybeCode(16),
      linkId: maybeReference(),
      at: moment(),
      readAt: maybeMoment(),
      about: maybeCode(64),
      courtCode: maybeCode(16),
      caseId: maybeReference(),
    },
    { sequelize, tableName: "message" },
  );
}
