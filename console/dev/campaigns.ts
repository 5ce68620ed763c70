// SPDX-License-Identifier: Apache-2.0
import type { Campaign, CampaignSummary, Incident } from '../src/api/types.ts';

/** The story that the fixture can tell: of the incidents of {@link story}, in their order. */
export function campaignOf(incidents: readonly Incident[], gone: readonly Incident[]): Campaign {
  const members = [...incidents].sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  const [camera, door, login, plant] = members as [Incident, Incident, Incident, Incident];
  const [dismissed] = gone as [Incident];
  const ids = (...some: readonly Incident[]): string[] => some.map(({ id }) => id);
  const ledger: Campaign['ledger'] = [
    { key: 'prior', kind: 'PRIOR', logOdds: -11.68, sentence: 'Before anything is known, one pair of incidents in 50 is coordinated; counted for each of the 3 that joined.', incidents: ids(...members) },
    { key: 'address::185.220.101.44', kind: 'SHARED_ENTITY', logOdds: 5, sentence: 'The same address, 185.220.101.44, is in 2 incidents at 2 sites.', incidents: ids(login, plant) },
    { key: 'time', kind: 'TIME', logOdds: 4.21, sentence: 'Those that something ties began within 31 min of each other.', incidents: ids(...members) },
    { key: 'segment:stadium-district:tech-room', kind: 'SHARED_SEGMENT', logOdds: 4, sentence: 'The same network segment, tech-room, is in 3 incidents at Stadium district.', incidents: ids(camera, door, login) },
    { key: 'sequence:sabotage>intrusion', kind: 'SEQUENCE', logOdds: 2.26, sentence: '“Cameras of the technical room blinded”, and 4 min later “Door of the technical room forced”: sensors are blinded before someone breaks in.', incidents: ids(camera, door) },
    { key: 'sequence:intrusion>cyber-attack', kind: 'SEQUENCE', logOdds: 2.14, sentence: '“Door of the technical room forced”, and 3 min later “Login to the video server from the technical room”: who is inside the building reaches for its network.', incidents: ids(door, login) },
    { key: 'cyber-physical:stadium-district', kind: 'CYBER_PHYSICAL', logOdds: 0.86, sentence: 'Something happens in the network and in the world of Stadium district at once.', incidents: ids(door, login) },
    { key: `vehicles:${login.id}/${plant.id}`, kind: 'CONTRADICTION', logOdds: -1, sentence: '“Login to the video server from the technical room” and “Controller of the cooling plant attacked” name different vehicles.', incidents: ids(login, plant) },
  ];
  const logOdds = ledger.reduce((sum, line) => sum + line.logOdds, 0);
  const sentences: readonly (readonly [Incident, string])[] = [
    [camera, `It begins at Stadium district: ${camera.title}.`],
    [door, `4 min later, at the same site: ${door.title}, in the same network segment (tech-room).`],
    [login, `3 min later, at the same site: ${login.title}, in the same network segment (tech-room).`],
    [dismissed, `12 min later, at the same site: ${dismissed.title}. Dismissed after 10 min: it no longer counts.`],
    [plant, `19 min later, at Brewery: ${plant.title}, with the same address (185.220.101.44).`],
  ];
  return {
    id: 'C-7Q4ZK2M9X1BD',
    revision: 5,
    status: 'OPEN',
    simulated: true,
    exercise: null,
    openedAt: door.openedAt,
    changedAt: plant.openedAt,
    startedAt: camera.startedAt,
    title: 'Sabotage of sensors, intrusion and cyber attacks at Stadium district and Brewery',
    probability: 1 / (1 + Math.exp(-logOdds)),
    level: 'HIGH',
    mergedInto: null,
    members: members.map((member) => ({
      incident: member.id,
      site: member.site,
      startedAt: member.startedAt,
      title: member.title,
      type: member.type ?? 'SABOTAGE',
      level: member.level,
      position: member.position,
    })),
    logOdds,
    story: sentences.map(([incident, sentence]) => ({
      at: incident.startedAt,
      site: incident.site,
      incident: incident.id,
      current: incident !== dismissed,
      sentence,
    })),
    ledger,
    former: [
      { incident: dismissed.id, site: dismissed.site, startedAt: dismissed.startedAt, leftAt: dismissed.changedAt, title: dismissed.title, reason: 'DISMISSED' },
    ],
  };
}

export function summaryOfCampaign(campaign: Campaign): CampaignSummary {
  const { logOdds: _o, story: _s, ledger: _l, former: _f, ...summary } = campaign;
  return summary;
}
