/**
 * What words do in a sentence about a failure. Single words and short set phrases, never whole sentences: how they
 * stand to the names around them is weighed elsewhere, so that a new way to put them together is still read.
 */
const ROLES = [
  'cause',
  'spread',
  'because',
  'after',
  'before',
  'so',
  'next',
  'first',
  'root',
  'guilt',
  'result',
  'depend',
  'upstream',
  'fail',
  'trouble',
  'people',
  'all',
  'be',
  'not',
  'also',
  'advise',
  'seen',
  'point',
  'only',
  'if',
  'by',
  'from',
  'to',
  'of',
  'at',
  'with',
  'without',
  'and',
  'which',
  'had',
  'healthy',
  'this',
  'end',
  'begin',
  'part',
  'lack',
  'question',
  'call',
  'look',
  'it',
  'but',
  'can',
  'bad',
] as const;
export type Role = (typeof ROLES)[number];

/** A star stands for the forms of a regular verb; an underscore joins the words of a set phrase. */
const ENTRIES: Record<Role, string> = {
  cause:
    'cause* trigger* spark* provok* provoke* prompt* ignite* unleash* generate* create* induce* produce* precipitate* initiate* drive drives drove driving driven ' +
    'led lead_to leads_to leading_to lead leads leading result_in results_in resulted_in resulting_in end_in ends_in ended_in give_rise_to gave_rise_to gives_rise_to giving_rise_to ' +
    'set_off sets_off setting_off set_in_motion kicked_off kicks_off bring brings brought bringing take_down takes_down took taken takes taking_down ' +
    'hit hits hitting hurt hurts hurting affect* impact* disrupt* break breaks broke_the break_down_the cripple* overwhelm* overload* flood* starve* choke* strain* damage* harm* ' +
    'drag* dragg* dragged dragging drags pull pulls pulled pulling knock* block* prevent* stop_the stopped_the force* leave leaves left leaving make makes made making cost costs costing ' +
    'push* press* swamp* bury buried stall_the hamper* hinder* impede* impair* paralyse* paralyze* undermine* destabilise* destabilize* compromise* interrupt* halt* ' +
    'slow_down_the slowed_down delay* degrade_the upset upsets topple* sink sank drown* exhaust* saturate* clog* jam* poison* corrupt* contaminate* infect* weaken* ' +
    'deprive* deny denied denies rob robbed robs cut_off cuts_off cutting_off hold_up held_up holds_up throttle* throw threw thrown sweep swept sweeps wash* carry_away carried_with ' +
    'translate_into translated_into translates_into turn_into turned_into mean means meant meaning contribute* account_for accounts_for accounted_for explain* ' +
    'feed_errors put puts putting send_errors sent_errors inflict* impose* subject_the subjected expose* render* keep_from kept_from took_down taking bring_down send sends sent sending pass passes passing feeding',
  spread:
    'spread spreads spreading cascade* propagate* ripple* rippling travel* travell* flow* spill* spilt mov* move* pass pass_on passes_on passed passed_on passing_on jump* leap* leapt creep* crept escalate* ' +
    'transmit* radiate* reach* arrive* hand_on handed handed_on went_on goes_on went_on_to made_its_way makes_its_way worked_its_way hop* hopp* run runs ran running journey* path chain goes went going bleed* bled leak* seep* extend* carry carried carries carried_over',
  because:
    'because because_of due due_to owing_to thanks_to on_account_of as_a_result_of as_a_consequence_of as_a_result_of result_of a_result_of the_result_of consequence_of at_the_hands_of in_response_to courtesy_of ' +
    'by_virtue_of stem* stemm* stems_from stemmed_from stemming_from arise_from arose_from arises_from arising_from arose result_from resulted_from results_from resulting_from come_from came_from comes_from coming_from ' +
    'originate_from attributed attributable ascribed trace* trace_back traced_back traced traceable follows_from followed_from grew_out_of grows_out_of go_back_to goes_back_to went_back_to going_back_to ' +
    'inherit* suffer_from suffers_from suffered_from suffering_from owe* owed owes the_work_of the_fault_of the_doing_of given given_that seeing_that in_view_of in_light_of down_to come_down_to comes_down_to came_down_to boil* boils_down_to boiled_down_to ' +
    'in_line_behind react* react_to reacted_to reacting_to reaction_to response_to',
  after:
    'after once since when whenever while as as_soon_as following follows follow followed behind later_than upon on_the_heels_of in_the_wake_of by_the_time no_sooner having during minutes_after soon_after shortly_after trail* lag* lagg* come_after came_after comes_after',
  before:
    'before prior_to ahead_of until ahead preced* precede* predate* long_before lead_by led_by came_before comes_before come_before earlier_than in_front_of',
  so: 'so thus hence therefore consequently thereby accordingly as_a_result as_a_consequence in_consequence in_turn which_meant so_that that_is_why this_is_why which_is_why leaving and_so and_thus and_therefore and_hence whereupon such_that',
  next: 'then next later subsequently afterwards afterward soon eventually finally last second followed_by and_then soon_afterwards shortly_afterwards thereafter ultimately in_the_end at_last lastly within_minutes within_moments moments_later minutes_later a_little_later shortly within',
  first:
    'first initially earlier already earliest originally beforehand initial previously foremost before_all before_any before_anything before_everything at_the_outset beforehand',
  root:
    'root_cause root_causes root_of root rooted origin origins originate* source_of source culprit culprits offender epicentre epicenter ground_zero patient_zero starting_point point_of_origin weak_link weak_spot weakest_link ' +
    'heart_of at_fault to_blame guilty genesis catalyst instigator villain perpetrator cradle birthplace born seed seeds bottom_of underlying real true actual primary main principal prime likely most_likely probable ultimate sole single ' +
    'smoking_gun point_of_failure first_domino domino trigger ringleader wellspring fountainhead beginnings home_of chief central core crux',
  guilt:
    'cause causes reason reasons responsible responsibility blame blamed blames blaming fault guilt accountable accountability suspect suspects suspected explanation explanation_for liable answerable mistake defect bug flaw malfunction malfunctioning breakdown driver thank key_to why trigger_for behind_the behind_all behind_this mend implicate* fix_everything trigger_of incriminate*',
  result:
    'result results consequence consequences effect effects symptom symptoms victim victims casualty casualties fallout knock-on aftermath by-product collateral outcome side_effect side_effects aftershock aftershocks ripple_effect knock-on_effect knock-on_effects bystander bystanders echo mirror mirror* reflect* ripples toll',
  depend:
    'depend* dependent rely relies relied relying reliant need needs needed needing wait* lean* count_on counts_on counted_on require* downstream downstream_of draw_on draws_on built_on built_on_top consume* consumer use uses using used call_on get_from gets_from got_from get gets getting receive* hang_on hinge* fed_by served_by expect* ask* asked demand* sits_on rests_on based_on lives_on',
  upstream:
    'upstream upstream_of serve* supply supplies supplied supplying feed feeds provide* deliver* support* underpin* answer_to feeding host*',
  fail:
    'fail fails failed failing slow slows slowed slowing slow_down slows_down slow_responses slower sluggish down unavailable unresponsive unreachable inaccessible offline unusable crash* crashes unstable unreliable degrade* degrades degraded degrading ' +
    'struggle* suffer suffers suffered suffering unable broken broke breaking break_down broke_down stop stops stopped stopping collapse* stall* buckle* stumble* falter* misbehave* reject* refuse* return* timed_out time_out times_out timing_out lost lose loses losing ' +
    'die* died dies dying gave_up give_up gives_up give_way gave_way gives_way fell fall falls falling fell_over went_down go_down goes_down going_down go_wrong went_wrong goes_wrong hung hang hangs hanging froze freeze frozen dropped drop drops dropping ' +
    'degradation ill sick unhealthy unwell limp* overloaded overwhelmed disrupted impacted affected interrupted delayed hampered impaired compromised error-prone helpless doomed dry out_of_time powerless stuck jammed backed_up piled_up pile_up piling_up queued ' +
    'complain* experience* see sees seeing saw show shows showed shown showing exhibit* display* miss* stranded shut down gone dark slipped slip* gone_down worsen* deteriorate* decline* late answer answered answers answering respond* responds succumb* trouble_with cope keep_up fade* wobble* flap* spike* rose rise rises rising surge* climb* restarts restarted increase* grew grow grows',
  trouble:
    'failure failures error errors outage outages problem problems issue issues trouble troubles fault_in faults incident incidents disruption disruptions slowdown slowdowns delay delays timeout timeouts latency crash outage downtime instability unavailability interruption interruptions ' +
    'difficulties difficulty damage anomaly anomalies malfunction malfunctions glitch symptom_of exception exceptions rejection rejections disturbance degradation pain pressure load retries backlog weakness strain collapse backlogs impact',
  people:
    'customer customers user users people shopper shoppers visitor visitors client clients everybody everyone anybody anyone nobody person buyers business public traveller travellers passengers audience callers complaint complaints revenue you many',
  all: 'everything whole all entire entirely none nothing every else rest others other anything chain_of_events chain_reaction cascade story it_all all_of_this sequence things domino_effect',
  be: 'is was were are be been being became become becomes remained stayed got turned_out lay lies lie lying sit sits sat rest_with rests lived stood stand stands seems seemed appears appeared_to',
  not: "not never no neither nor n't cannot isn't wasn't weren't don't didn't couldn't doesn't wouldn't hardly rather_than instead_of instead no_longer",
  also: 'also too as_well additionally likewise among including such_as other_services further furthermore in_addition equally similarly',
  advise:
    'should please recommend* suggest* advise* ask_the check checks verify review reviews investigate ensure make_sure add monitor watch protect restart inspect improve consider implement introduce limit update audit test contact prioritise prioritize harden confirm plan prevent_this would_help ought must fix next_steps action actions recommendation recommendations future look_at look_into look_closely safeguard safeguards fallback longer_term keep_an_eye tolerate going_forward worth apologise apologize sorry alerting alerts thinking',
  seen: 'noticed notice visible visibly felt surfaced surface observed reported evident apparent noticeable recorded appear appeared appears appearing showed_up show_up shows_up emerged detected noted registered surfaces manifested manifest noticeably reports met',
  point:
    'point* points pointed pointing identified identify pinpointed singled singles singles_out single_out concluded conclude conclusion found find finding findings revealed reveal determined established evidence investigation analysis indicates indicate suggests suggest show_that shows_that signs all_signs data_show confirms finger traces names named name attribute diagnosed isolated localised located lead_back leads_back led_back engineers narrowed',
  only: 'only alone itself sole single just merely exactly precisely the_one nowhere_else really actually simply truly squarely',
  if: 'if had_it unless would were_it would_have otherwise could_have',
  by: 'by',
  from: 'from via through by_way_of out_of off coming_out_of',
  to: 'to into onto toward towards over',
  of: 'of for belonging_to',
  at: 'at in on inside within across around about',
  with: 'with between both together alongside along_with each',
  without: 'without lacking absent deprived_of starved_of cut_off_from short_of',
  and: 'and or plus',
  which: 'which that who whose where what whom',
  it: 'it they them',
  but: 'but however yet whereas',
  can: 'can could will would we us',
  had: 'had has have',
  healthy:
    'healthy working recovered recover recovers restored restore normal fine again back_to_normal stable resumed alive well kept',
  this: 'this these those_failures that_failure it_all such',
  end: 'end ends ended ending finish* last_service final end_of_the_chain closing',
  begin:
    'begin begins began beginning begun start starts started starting emerge emerged opened opens arise arisen commence* kick_off outset',
  part: 'part component piece belongs belonging member',
  lack: "unable_to could_not couldn't cannot can't can_not failed_to fails_to no_answer no_answers no_response no_responses no_data no_reply lost_its lost_access lost_connection lost_contact never never_answered",
  question: 'whether how may might perhaps possibly maybe',
  call: 'call calls called calling request requests connect* connection contact* talk talks talked query queries ask_for reach_out access traffic answers responses reply replies data tokens messages',
  bad: 'wrong bad badly faulty defective abnormal poor severe serious sharp unusual strange incorrect ill defect',
  look: 'looked look looks seemingly on_the_surface at_first_glance although though while_the despite even_though',
};

function formsOf(entry: string): string[] {
  if (!entry.endsWith('*')) return [entry.replaceAll('_', ' ')];
  const base = entry.slice(0, -1);
  if (base.endsWith('e')) {
    const cut = base.slice(0, -1);
    return [base, `${base}s`, `${base}d`, `${cut}ing`];
  }
  const third = /(?:s|x|ch|sh)$/.test(base) ? `${base}es` : `${base}s`;
  return [base, third, `${base}ed`, `${base}ing`];
}

const LEXICON = new Map<string, Role[]>();
for (const role of ROLES) {
  for (const form of ENTRIES[role].split(/\s+/).flatMap(formsOf)) {
    const known = LEXICON.get(form) ?? [];
    if (!known.includes(role)) LEXICON.set(form, [...known, role]);
  }
}

/** In words. */
export const LONGEST_PHRASE = 4;

export function rolesOf(phrase: string): readonly Role[] {
  return LEXICON.get(phrase) ?? [];
}
