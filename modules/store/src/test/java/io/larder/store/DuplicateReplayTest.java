package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.IndexException;
import io.larder.store.duplicate.Projection;
import io.larder.store.duplicate.Signature;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What records of the binlog make of the index.
class DuplicateReplayTest {
  private static final String SOURCE = "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72A123~src";
  private static final String FILE = "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72A123.txt";
  private static final String LINK = "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72B456.txt";
  private static final BinlogPosition END = new BinlogPosition(9, 0);

  private DuplicateIndex index;
  private Projection projection;
  private long offset;

  @BeforeEach
  void open() throws IndexException {
    index = new MemoryIndex().open();
    projection = new Projection(index, index.totals());
  }

  private void apply(String... lines) throws IndexException {
    for (String line : lines) {
      projection.apply(new BinlogPosition(0, offset++), BinlogRecord.parse("1795000000 " + line));
    }
  }

  @Test
  void aSourceWithItsLinks() throws IndexException {
    apply("C " + SOURCE, "L " + LINK + " " + SOURCE);

    assertThat(projection.totals()).isEqualTo(new DuplicateIndex.Totals(1, 1));
    assertThat(index.orphans(END, "", 9)).isEmpty();
    apply("D " + LINK);
    assertThat(index.orphans(END, "", 9)).containsExactly(SOURCE);
    assertThat(index.orphans(new BinlogPosition(0, 2), "", 9)).isEmpty();
    apply("D " + SOURCE);
    assertThat(projection.totals()).isEqualTo(new DuplicateIndex.Totals(0, 0));
  }

  @Test
  void theDeletionOfALinkCountsWhoeverMadeIt() throws IndexException {
    apply("C " + SOURCE, "L " + LINK + " " + SOURCE, "d " + LINK);

    assertThat(index.orphans(END, "", 9)).containsExactly(SOURCE);
  }

  @Test
  void sourcesOfOtherStoragesAreTheirs() throws IndexException {
    apply("c " + SOURCE, "l " + LINK + " " + SOURCE, "d " + LINK);

    assertThat(projection.totals()).isEqualTo(new DuplicateIndex.Totals(0, 0));
    assertThat(index.orphans(END, "", 9)).isEmpty();
  }

  /// A client's own link to a file that it knows must never take the file with it.
  @Test
  void linksToOtherFilesAreNotKept() throws IndexException {
    apply("C " + FILE, "L " + LINK + " " + FILE, "D " + LINK, "D " + FILE + "-m");

    assertThat(projection.totals()).isEqualTo(new DuplicateIndex.Totals(0, 0));
    assertThat(index.orphans(END, "", 9)).isEmpty();
  }

  @Test
  void whatWasAppliedMayBeAppliedAgainFromAnyPlace() throws IndexException {
    String[] records = {
      "C " + SOURCE, "L " + LINK + " " + SOURCE, "L " + FILE + " " + SOURCE, "D " + LINK
    };
    apply(records);
    index.sign(SOURCE, Signature.of(7, new byte[32]));
    for (int from = 0; from < records.length; from++) {
      apply(List.of(records).subList(from, records.length).toArray(String[]::new));

      assertThat(projection.totals()).isEqualTo(new DuplicateIndex.Totals(1, 1));
      assertThat(index.find(Signature.of(7, new byte[32]), Set.of())).contains(SOURCE);
    }
    apply("D " + FILE);
    assertThat(index.orphans(END, "", 9)).containsExactly(SOURCE);
  }
}
