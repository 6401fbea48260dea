import type { DocumentNode } from 'graphql';

export function asOf(document: DocumentNode): DocumentNode;
