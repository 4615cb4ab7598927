import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";
import { code, count, id, maybeCode, maybeMoment, moment, reference, sealed, text } from "#core/columns.ts";
import type { MaterialKind, TypeName } from "./kinds.ts";
import type { MaterialState } from "./workflow.ts";

/** 材料. One file that somebody hands in; its bytes are in the store, its names are sealed. */
export class Material extends Model<InferAttributes<Material>, InferCreationAttributes<Material>> {
  declare id: CreationOptional<string>;
  declare sealRef: string;
  declare ownerKind: string;
  declare ownerId: string;
  declare accountId: string;
  declare courtCode: string;
  declare kind: MaterialKind;
  declare label: Buffer;
  declare originality: string | null;
  declare state: MaterialState;
  declare version: CreationOptional<number>;
  declare refusedReason: CreationOptional<string | null>;
  declare contentType: string;
  declare detectedType: CreationOptional<TypeName | null>;
  declare warnings: CreationOptional<string>;
  declare bytes: number;
  declare sha256: string;
  declare uploadKey: string | null;
  declare uploadId: CreationOptional<string | null>;
  declare uploadUntil: Date;
  declare quarantineKey: string;
  declare sealedKey: string;
  declare viewKey: CreationOptional<string | null>;
  declare pages: CreationOptional<number | null>;
  declare width: CreationOptional<number | null>;
  declare height: CreationOptional<number | null>;
  declare position: number;
  declare round: number;
  declare handedInRound: CreationOptional<number | null>;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare readyAt: CreationOptional<Date | null>;
  declare removedAt: CreationOptional<Date | null>;
  declare live: CreationOptional<number | null>;
}

const maybeCount = () => ({ type: DataTypes.INTEGER.UNSIGNED });

export function defineMaterial(sequelize: Sequelize): void {
  Material.init(
    {
      id: id(),
      sealRef: code(32),
      ownerKind: code(16),
      ownerId: reference(),
      accountId: reference(),
      courtCode: code(16),
      kind: code(32),
      label: { ...sealed(), allowNull: false },
      originality: maybeCode(16),
      state: code(16),
      version: { ...count(), defaultValue: 1 },
      refusedReason: maybeCode(300),
      contentType: code(128),
      detectedType: maybeCode(16),
      warnings: text(100),
      bytes: { type: DataTypes.BIGINT.UNSIGNED, allowNull: false },
      sha256: code(64),
      uploadKey: maybeCode(100),
      uploadId: maybeCode(255),
      uploadUntil: moment(),
      quarantineKey: code(100),
      sealedKey: code(100),
      viewKey: maybeCode(100),
      pages: maybeCount(),
      width: maybeCount(),
      height: maybeCount(),
      position: count(),
      round: count(),
      handedInRound: maybeCount(),
      createdAt: moment(),
      updatedAt: moment(),
      readyAt: maybeMoment(),
      removedAt: maybeMoment(),
      live: { type: DataTypes.TINYINT.UNSIGNED, defaultValue: 1 },
    },
    { sequelize, tableName: "material" },
  );
}
