// SPDX-License-Identifier: Apache-2.0
import type { CommandName, IncidentStatus } from '../api/types';
import { isLive } from '../queue/order';

export interface CommandInfo {
  readonly name: CommandName;
  readonly key: string;
  readonly label: string;
  /** What the button of its dialog says. */
  readonly verb: string;
  readonly allowed: (status: IncidentStatus) => boolean;
}

const isClosed = (status: IncidentStatus): boolean => status === 'RESOLVED' || status === 'DISMISSED';

/** What an operator can do with an incident. The platform decides in the end; this only spares hopeless attempts. */
export const COMMANDS: readonly CommandInfo[] = [
  { name: 'acknowledge', key: 'a', label: 'Acknowledge', verb: 'Acknowledge', allowed: (status) => status === 'OPEN' },
  { name: 'assign', key: 's', label: 'Assign', verb: 'Assign', allowed: isLive },
  { name: 'dismiss', key: 'd', label: 'Dismiss', verb: 'Dismiss incident', allowed: isLive },
  { name: 'resolve', key: 'r', label: 'Resolve', verb: 'Resolve incident', allowed: isLive },
  { name: 'note', key: 'n', label: 'Note', verb: 'Add note', allowed: (status) => status !== 'MERGED' },
  { name: 'merge', key: 'm', label: 'Merge', verb: 'Merge into it', allowed: isLive },
  { name: 'split', key: 'x', label: 'Split', verb: 'Make it an incident of its own', allowed: isLive },
  { name: 'reopen', key: 'o', label: 'Reopen', verb: 'Reopen incident', allowed: isClosed },
];

export function findCommand(name: CommandName): CommandInfo {
  const found = COMMANDS.find((command) => command.name === name);
  if (found === undefined) {
    throw new Error(`There is no command ${name}.`);
  }
  return found;
}

/** The commands worth a button for an incident of this status, in the order of their buttons. */
export function offered(status: IncidentStatus): readonly CommandInfo[] {
  return COMMANDS.filter((command) => (isLive(status) ? command.name !== 'reopen' : command.allowed(status)));
}
