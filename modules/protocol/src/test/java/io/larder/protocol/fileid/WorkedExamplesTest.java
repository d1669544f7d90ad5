package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.fileid.FileFacts.Kind;
import io.larder.protocol.fileid.NewName.Directory;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked examples of the specification, S1 §5.10: made by running servers, read by their tools.
class WorkedExamplesTest {
  @ParameterizedTest
  @CsvSource({
    "Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt, PLAIN, 10.77.41.1, 1795334272, 5, 3610a686",
    "Ck0pAWsCoICAPoKMAAAAAAAAAAA405.txt, PLAIN, 10.77.41.1, 1795334272, 0, 00000000",
    "Ck0pAWsCoICAXU7DAAAABTYQpoY8177694, PLAIN, 10.77.41.1, 1795334272, 5, 3610a686",
    "Ck0pAWsCoICAErG2AAAABTYQpoY.abcdef, PLAIN, 10.77.41.1, 1795334272, 5, 3610a686",
    "Ck0pAWsCoICAcxHkAAAABTYQpoY.tar.gz, PLAIN, 10.77.41.1, 1795334272, 5, 3610a686",
    "Ck0pAWsCoICAMeDcAAAABTYQpoY991.txt, PLAIN, 10.77.41.1, 1795334272, 5, 3610a686",
    "Ck0pAWsCoICEL2MvAAAAAKaEx8Y999.log, APPENDER, 10.77.41.1, 1795334272, , a684c7c6",
    "Ck0pAWsCoICEPENlAAAAAAAAAAA832.log, APPENDER, 10.77.41.1, 1795334272, , 00000000",
    "Ck0pAWsCoICAYjgOAAAABTYQpoY583_120x120.jpg, SLAVE, 10.77.41.1, 1795334272, , 3610a686",
    "Ck0pAWsCoH-AbHJFAAAACqaEx8Y493.log, PLAIN, 10.77.41.1, 1795334271, 10, a684c7c6",
    "Ck0pAWsCoH-ADUtqAAAABSvqLFU976.txt, PLAIN, 10.77.41.1, 1795334271, 5, 2bea2c55",
    "oYYBAGsCoICAUu08ABDI4BIFFfc796.bin, PLAIN, 100001, 1795334272, 1100000, 120515f7",
    "oYYBAGsCoICEfc98AAAAADUkQcI184.log, APPENDER, 100001, 1795334272, , 352441c2",
    "oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt, TRUNK, 100001, 1795334272, 9, 100aef60",
    "oYYBAGsCoICIHYxSAAAAAAAAAAAAAAAAQAQBAAAAAEA500.dat, TRUNK, 100001, 1795334272, 0, 00000000",
    "oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622_s.txt, SLAVE, 100001, 1795334272, , 100aef60",
    "Ck0pAWsCneQAAAABQAAAAN6tvu8123.iso, PLAIN, 10.77.41.1, 1795333604, 5368709120, deadbeef",
    "Ck0pAWsCneQAAAABAAAAAAECAwQ123.iso, PLAIN, 10.77.41.1, 1795333604, 4294967296, 01020304",
    "Ck0pAWsCneSAEjRW_____wECAwQ123.iso, PLAIN, 10.77.41.1, 1795333604, 4294967295, 01020304",
    "Ck0pAWsCneSAEjRWwAAAAP____8123.iso, PLAIN, 10.77.41.1, 1795333604, 3221225472, ffffffff",
    "wKgBBU18bQAAAAAAAAAwOQoLDA0567.jpg, PLAIN, 192.168.1.5, 1300000000, 12345, 0a0b0c0d",
    "AQAAAWsCneSAEjRWAAAABwAAAAE123.iso, PLAIN, 1.0.0.1, 1795333604, 7, 00000001",
  })
  void everyExampleSaysWhatTheToolSaid(
      String fileName, Kind kind, String source, int timestamp, Long size, String crc32) {
    FileId id = FileId.parse("group1/M00/08/01/" + fileName);

    FileFacts facts = FileFacts.of(id.name()).orElseThrow();

    assertThat(facts.kind()).isEqualTo(kind);
    assertThat(facts.source()).hasToString(source);
    assertThat(facts.timestamp()).isEqualTo(timestamp);
    assertThat(facts.size()).isEqualTo(size == null ? OptionalLong.empty() : OptionalLong.of(size));
    assertThat(String.format("%08x", facts.crc32())).isEqualTo(crc32);
    assertThat(id).hasToString("group1/M00/08/01/" + fileName);
    assertThat(RoutingFacts.of(id.name())).isEqualTo(RoutingFacts.of(id.name().text()));
  }

  @Test
  void aSlaveOfFortyTwoCharactersHasNoFactsButAPath() {
    LogicalName name = LogicalName.parse("M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583_s");

    assertThat(FileFacts.of(name)).isEmpty();
    assertThat(RoutingFacts.of(name).source()).hasToString("10.77.41.1");
    assertThat(RoutingFacts.of(name).isNormal()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt, 1, 768, 256",
    "oYYBAGsCoICIHYxSAAAAAAAAAAAAAAAAQAQBAAAAAEA500.dat, 1, 1049600, 256",
  })
  void aTrunkNameTellsItsPlace(String fileName, int trunkFile, int offset, int slotSize) {
    LogicalName name = LogicalName.parse("M00/00/00/" + fileName);

    Optional<TrunkPlace> place = FileFacts.of(name).orElseThrow().trunk();

    assertThat(place).contains(new TrunkPlace(trunkFile, offset, slotSize));
  }

  @Test
  void everyFormOfNameIsMadeAgainFromItsFacts() {
    Source ip = Source.ofIpv4("10.77.41.1");
    Source id = Source.ofStorageId(100001);
    Directory first = new Directory(0, 0, 0);

    assertThat(made(first, ip, 1795334272, 0x3610a686, "txt", 0x62380e, 385).plain(5))
        .hasToString("M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt");
    assertThat(made(first, ip, 1795334272, 0x3610a686, "", 0x5d4ec3, 4967718).plain(5))
        .hasToString("M00/00/00/Ck0pAWsCoICAXU7DAAAABTYQpoY8177694");
    assertThat(made(first, ip, 1795334272, 0x3610a686, "tar.gz", 0x7311e4, 7).plain(5))
        .hasToString("M00/00/00/Ck0pAWsCoICAcxHkAAAABTYQpoY.tar.gz");
    assertThat(made(first, ip, 1795334272, 0xa684c7c6, "log", 0x2f632f, 999).appender())
        .hasToString("M00/00/00/Ck0pAWsCoICEL2MvAAAAAKaEx8Y999.log");
    assertThat(
            made(new Directory(0, 8, 1), id, 1795334272, 0x120515f7, "bin", 0x52ed3c, 697)
                .plain(1_100_000))
        .hasToString("M00/08/01/oYYBAGsCoICAUu08ABDI4BIFFfc796.bin");
    assertThat(
            made(first, id, 1795334272, 0x100aef60, "txt", 0x29a286, 226)
                .trunk(9, new TrunkPlace(1, 768, 256)))
        .hasToString("M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt");
    assertThat(made(first, ip, 1795333604, 0xdeadbeef, "iso", 0x7fffff, 321).plain(5L << 30))
        .hasToString("M00/00/00/Ck0pAWsCneQAAAABQAAAAN6tvu8123.iso");
    assertThat(made(first, ip, 1795333604, 0x01020304, "iso", 0x123456, 321).plain(0xFFFF_FFFFL))
        .hasToString("M00/00/00/Ck0pAWsCneSAEjRW_____wECAwQ123.iso");
  }

  @Test
  void aRegeneratedNameKeepsDirectoryAndTailOfItsAppender() {
    LogicalName appender = LogicalName.parse("M01/0A/FF/Ck0pAWsCoICEL2MvAAAAAKaEx8Y493.log");

    LogicalName name =
        NewName.regenerated(
            appender, Source.ofIpv4("10.77.41.1"), 1795334271, 0xa684c7c6, 10, 0x6c7245);

    assertThat(name).hasToString("M01/0A/FF/Ck0pAWsCoH-AbHJFAAAACqaEx8Y493.log");
  }

  private static NewName made(
      Directory directory,
      Source source,
      int timestamp,
      int crc32,
      String extension,
      int sizeBits,
      int reversedDigits) {
    long random = ((long) reversedDigits << 32) | sizeBits;
    return new NewName(directory, source, timestamp, crc32, Extension.of(extension), random);
  }
}
