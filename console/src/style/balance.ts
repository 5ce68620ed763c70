// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** A bar from the middle of an axis: to the right what speaks for something, to the left what speaks against it. */
export const balanceStyles = css`
  .axis {
    position: relative;
    align-self: stretch;
  }
  .axis::before {
    content: '';
    position: absolute;
    left: 50%;
    top: -6px;
    bottom: -6px;
    width: 1px;
    background: var(--line-strong);
  }
  .bar {
    position: absolute;
    top: calc(50% - 7px);
    height: 14px;
    min-width: 1px;
    border-radius: 2px;
  }
  .bar.for {
    background: var(--for);
  }
  .bar.against {
    background: var(--against);
  }
`;
