// SPDX-License-Identifier: Apache-2.0
import { Connection } from './connection';
import { picture } from './picture';

export { picture } from './picture';

export const connection = new Connection((message) => picture.apply(message));
