// SPDX-License-Identifier: Apache-2.0
// What is needed once something is selected: loaded after the first paint.
import '../campaign/campaign-page';
import '../incident/incident-page';
import '../incident/incident-side';
import './incident-summary-panel';
import './sensor-panel';
