// SPDX-License-Identifier: Apache-2.0
import { api } from '../api/client';
import { Problem } from '../api/problem';
import { complain } from '../shell/toasts';

/** Ends the exercise; the banner goes when the platform says that it has ended. */
export async function endExercise(id: string): Promise<void> {
  try {
    await api.endExercise(id);
  } catch (thrown) {
    complain('Ending the exercise', Problem.from(thrown));
  }
}
