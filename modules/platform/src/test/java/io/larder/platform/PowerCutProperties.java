package io.larder.platform;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Random histories and random cuts: what was synced is there exactly, what was not is explained by what happened.
class PowerCutProperties {
  @Property(tries = 400)
  void whatIsThereAfterACutIsExplainedByWhatHappened(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 10_000_000) Integer> choices,
      @ForAll long seed) {
    CutStory story = new CutStory();
    choices.forEach(story::step);
    story.cut(PowerCut.seeded(seed));
    choices.reversed().forEach(story::step);
    story.cut(PowerCut.seeded(~seed));
  }

  @Property(tries = 100)
  void aCutThatLosesNothingLosesNothing(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 10_000_000) Integer> choices) {
    CutStory story = new CutStory();
    choices.forEach(story::step);
    story.cutKeepingAll();
    story.cutKeepingNothing();
  }

  @Property(tries = 200)
  void aCutThatKeepsNothingUnsyncedLeavesWhatWasSynced(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 10_000_000) Integer> choices) {
    CutStory story = new CutStory();
    choices.forEach(story::step);
    story.cutKeepingNothing();
  }
}
