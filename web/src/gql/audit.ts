// Written by codegen.mjs from the schema and the .graphql files of src/features. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What somebody did. */
export type AuditKind =
  /** Wrote something new. */
  | 'CREATED'
  /** Changed something. */
  | 'UPDATED'
  /** Removed something; nothing of a chart ever is. */
  | 'DELETED'
  /** Read a chart, or the audit. */
  | 'READ'
  /** Took data out. */
  | 'EXPORTED'
  /** Signed in. */
  | 'SIGNED_IN'
  /** Tried to sign in and was refused. */
  | 'SIGN_IN_FAILED'
  /** Signed out, or had their session ended. */
  | 'SIGNED_OUT'
  /** Asked for fields that are not their role's, and was refused with `FORBIDDEN`. */
  | 'DENIED'
  /** Gave a user another role. */
  | 'ROLE_CHANGED'
  /** Changed a password, second factor, link or token. */
  | 'SECURITY_CHANGED'
  /** Opened a chart by breaking the glass. */
  | 'GLASS_BROKEN';

/** Conditions on an AuditKind; all that are given must hold. A null is refused. */
export type AuditKindFilter = {
  /** Equal to this. */
  eq?: AuditKind | null | undefined;
  /** One of these, at most 100. */
  in?: Array<AuditKind> | null | undefined;
};

/** Conditions on entries of the audit; all that are given must hold. */
export type AuditEntryWhere = {
  /** By what was done. */
  kind?: AuditKindFilter | null | undefined;
  /** By when. */
  occurredAt?: DateTimeFilter | null | undefined;
  /** By user. */
  userId?: IdFilter | null | undefined;
  /** By who, as it stands in the entry. */
  actor?: StringFilter | null | undefined;
  /** By whose data. */
  patientId?: IdFilter | null | undefined;
  /** By the thing. */
  subjectId?: IdFilter | null | undefined;
  /** By request. */
  operationId?: StringFilter | null | undefined;
  /** Only under broken glass, or only the rest. */
  isUnderGlass?: boolean | null | undefined;
  /** All of these, at most 10. Conditions nest at most 4 deep, those on what is linked included. */
  and?: Array<AuditEntryWhere> | null | undefined;
  /** At least one of these, at most 10. */
  or?: Array<AuditEntryWhere> | null | undefined;
  /** Not what this matches. Rows without a value are then matched too. */
  not?: AuditEntryWhere | null | undefined;
};

/** An opening to end early. */
export type CloseGlassInput = {
  /** Which; your own, or anybody's for administrators. */
  glassAccessId: string | number;
};

/** Conditions on a reference; all that are given must hold. A null is refused: ask with `isNull`. */
export type IdFilter = {
  /** Equal to this id. */
  eq?: string | number | null | undefined;
  /** One of these ids, at most 100. */
  in?: Array<string | number> | null | undefined;
  /** True: there is none. False: there is one. */
  isNull?: boolean | null | undefined;
};

/**
 * Conditions on a text, case folded, on names accents and script too ("გიორგი" is "giorgi"); all that are given must hold. A null is refused:
 * ask with `isNull`.
 */
export type StringFilter = {
  /** Equal to this. */
  eq?: string | null | undefined;
  /** Equal to one of these, at most 100. */
  in?: Array<string> | null | undefined;
  /** Begins with this. */
  startsWith?: string | null | undefined;
  /** Holds this anywhere. */
  contains?: string | null | undefined;
  /** True: there is none. False: there is one. */
  isNull?: boolean | null | undefined;
};

/** Conditions on an instant; all that are given must hold. A null is refused: ask with `isNull`. */
export type DateTimeFilter = {
  /** At this instant or later. */
  gte?: string | null | undefined;
  /** Before this instant. The next range can start where this one ends. */
  lt?: string | null | undefined;
  /** True: there is none. False: there is one. */
  isNull?: boolean | null | undefined;
};

/** What a user may do. One role a user. */
export type Role =
  /** Manages users, practitioners and settings. Reads charts only by breaking the glass. */
  | 'ADMIN'
  /** Reads and writes charts, signs records. */
  | 'DOCTOR'
  /** Reads charts and writes drafts. */
  | 'NURSE'
  /** Registers patients and runs the calendar. Never sees a diagnosis, a prescription or a note. */
  | 'RECEPTIONIST'
  /** Counts and compares, and sees nobody by name. */
  | 'ANALYST';

export type AuditLogQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: AuditEntryWhere | null | undefined;
}>;


export type AuditLogQuery = { auditLog: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, nodes: Array<{ id: string, occurredAt: string, kind: AuditKind, actor: string, role: Role | null, tokenId: string | null, operationId: string | null, subjectType: string | null, subjectId: string | null, patientId: string | null, fields: Array<string>, reason: string | null, isUnderGlass: boolean, changes: Array<{ field: string, before: string | null, after: string | null }> | null, user: { id: string, displayName: string } | null }> } };

export type AuditSealQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditSealQuery = { auditSealStatus: { sealedAt: string | null, seals: number, headHash: string | null } };

export type GlassAccessesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type GlassAccessesQuery = { glassAccesses: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, nodes: Array<{ id: string, patientId: string, reason: string, createdAt: string, closesAt: string, user: { id: string, displayName: string } }> } };

export type CloseGlassOfMutationVariables = Exact<{
  input: CloseGlassInput;
}>;


export type CloseGlassOfMutation = { closeGlass: { glassAccess: { id: string, closesAt: string } } | null };


export const AuditLogDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditLog"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntryWhere"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditLog"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"tokenId"}},{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"subjectType"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"patientId"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"isUnderGlass"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AuditLogQuery, AuditLogQueryVariables>;
export const AuditSealDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditSeal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditSealStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sealedAt"}},{"kind":"Field","name":{"kind":"Name","value":"seals"}},{"kind":"Field","name":{"kind":"Name","value":"headHash"}}]}}]}}]} as unknown as DocumentNode<AuditSealQuery, AuditSealQueryVariables>;
export const GlassAccessesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GlassAccesses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"glassAccesses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"patientId"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"closesAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]} as unknown as DocumentNode<GlassAccessesQuery, GlassAccessesQueryVariables>;
export const CloseGlassOfDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CloseGlassOf"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CloseGlassInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"closeGlass"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"glassAccess"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"closesAt"}}]}}]}}]}}]} as unknown as DocumentNode<CloseGlassOfMutation, CloseGlassOfMutationVariables>;
