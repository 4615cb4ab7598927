import { signersOf, unsigned } from "./confirmation-signers.ts";
import { called } from "./parties-of.ts";
import { type Rule, when } from "./rule.ts";

/** Papers and signature. */
export const paperRules: readonly Rule[] = [
  {
    code: "material.identity_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: ({ content, materials }) =>
      when(
        content.parties.some(({ side, kind }) => side === "plaintiff" && kind === "natural") &&
          !materials.byKind["identity"],
        "/materials",
        "缺少原告的身份证照片",
        "请拍摄身份证正反面，保证文字清楚、四角完整。",
      ),
  },
  {
    code: "material.business_licence_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: ({ content, materials }) =>
      when(
        content.parties.some(({ side, kind }) => side === "plaintiff" && kind === "organisation") &&
          !materials.byKind["business_license"],
        "/materials",
        "缺少原告单位的营业执照",
        "请上传营业执照或登记证书。",
      ),
  },
  {
    code: "material.representative_certificate_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: ({ content, materials }) =>
      when(
        content.parties.some(({ side, kind }) => side === "plaintiff" && kind === "organisation") &&
          !materials.byKind["legal_rep_certificate"],
        "/materials",
        "缺少法定代表人（负责人）身份证明书",
        "请上传加盖公章的身份证明书。",
      ),
  },
  {
    code: "material.evidence_missing",
    severity: "warn",
    basis: "民事诉讼法第一百二十四条第四项；登记立案规定第六条第五项",
    find: ({ materials }) =>
      when(
        !materials.byKind["evidence"],
        "/materials",
        "还没有上传证据",
        "请上传与诉讼请求有关的证据，例如借条、转账记录、合同、聊天记录。",
      ),
  },
  {
    code: "material.scanning",
    severity: "block",
    basis: "材料安全检查",
    find: ({ materials }) =>
      when(
        materials.scanning > 0,
        "/materials",
        `有 ${materials.scanning} 份材料还在检查`,
        "通常几秒钟完成，请稍等片刻再提交。",
      ),
  },
  {
    code: "material.awaited",
    severity: "warn",
    basis: "材料上传",
    find: ({ materials }) =>
      when(
        materials.awaited > 0,
        "/materials",
        `有 ${materials.awaited} 份材料还没有传完，不会提交`,
        "请等待上传完成，或删除没有传完的材料。",
      ),
  },
  {
    code: "material.refused",
    severity: "warn",
    basis: "材料安全检查",
    find: ({ materials }) =>
      when(
        materials.refused > 0,
        "/materials",
        `有 ${materials.refused} 份材料没有通过检查，不会提交`,
        "请查看原因，重新拍摄或换一种格式上传。",
      ),
  },
  {
    code: "signature.missing",
    severity: "block",
    basis: "民诉法解释第二百零八条；法〔2025〕82号示范文本",
    find: ({ content, materials }) =>
      when(
        content.signature.materialId === null || !materials.readyIds.includes(content.signature.materialId),
        "/signature",
        "还没有签名",
        "请在“签名”一步手写签名。",
      ),
  },
  {
    code: "signature.cosigner_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条；民诉法解释第二百零八条",
    find: (facts) =>
      facts.materials.byKind["complaint"]
        ? []
        : unsigned(signersOf(facts.content, facts.filer.person, facts.confirmations, facts.today)).flatMap(
            ({ party, fact }) =>
              when(
                true,
                "/signature",
                fact?.state === "confirmed"
                  ? `${called(party)}签名以后，起诉状有改动，原来的签名不再有效`
                  : `${called(party)}还没有签名`,
                "请在“签名”一步把签名链接发给他，由他本人在手机上签名；也可以为他添加代理人，或者上传全体原告签名的起诉状。",
              ),
          ),
  },
  {
    code: "signature.date_wrong",
    severity: "warn",
    basis: "法〔2025〕82号示范文本",
    find: ({ content, today }) =>
      when(
        content.signature.signedOn !== null && content.signature.signedOn > today,
        "/signature/signedOn",
        "签名日期晚于今天",
        "请改为签名当天的日期。",
      ),
  },
];
