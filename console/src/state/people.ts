// SPDX-License-Identifier: Apache-2.0
import { api } from '../api/client';
import { Signal } from './signal';

/** The names of the platform's users by what they sign in with. */
export const people = new Signal<ReadonlyMap<string, string>>(new Map());

/** Learns the names. Where that fails, people go by what they sign in with. */
export async function learnPeople(): Promise<void> {
  try {
    const users = await api.users();
    people.value = new Map(users.map(({ user, name }) => [user, name]));
  } catch {
    people.value = new Map();
  }
}

/** What {@code user} is called; the same text where that is not known. */
export function nameOf(user: string): string {
  return people.value.get(user) ?? user;
}
