// SPDX-License-Identifier: Apache-2.0
// The build of MapLibre whose worker is a file of its own: it needs no blob: worker, so the page's content policy can be strict.
import maplibre from 'maplibre-gl/dist/maplibre-gl-csp';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker?url';

maplibre.setWorkerUrl(workerUrl);
maplibre.setWorkerCount(1);

export { maplibre };
