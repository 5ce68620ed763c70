// SPDX-License-Identifier: Apache-2.0
import type { ProblemBody } from './types';

/** A request that the platform refused, or that did not reach it ({@link status} 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly advice: string | null,
  ) {
    super(message);
    this.name = 'Problem';
  }

  /** The problem in an answer's body, or one made of its status where the body is none. */
  static of(status: number, body: unknown): Problem {
    if (isProblemBody(body)) {
      return new Problem(status, body.code, body.message, body.advice ?? null);
    }
    return new Problem(status, `http-${status}`, `The platform answered with status ${status}.`, null);
  }

  static unreachable(): Problem {
    return new Problem(0, 'unreachable', 'The platform does not answer.', 'Maybe the network or the platform is down.');
  }

  /** Anything that was thrown, as a problem that can be shown. */
  static from(thrown: unknown): Problem {
    if (thrown instanceof Problem) {
      return thrown;
    }
    return new Problem(0, 'unexpected', thrown instanceof Error ? thrown.message : String(thrown), null);
  }
}

function isProblemBody(body: unknown): body is ProblemBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    typeof (body as ProblemBody).code === 'string' &&
    typeof (body as ProblemBody).message === 'string'
  );
}
