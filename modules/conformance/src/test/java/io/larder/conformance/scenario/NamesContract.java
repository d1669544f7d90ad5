package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that break the form. The tracker routes them; it is the storage that must not follow them to the disk.
abstract class NamesContract extends Scenarios {
  private static final String CODED = "Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";

  static final String[] BROKEN = {
    "M00/00/00/../../../../etc/passwd",
    "M00/../../../etc/passwd-and-more",
    "M00/00/../00/" + CODED,
    "M00/00/00/00/" + CODED,
    "M00/0g/00/" + CODED,
    "M00/00/ag/" + CODED,
    "M00/0a/0b/" + CODED,
    "M0g/00/00/" + CODED,
    "MFF/00/00/" + CODED,
    "M00-00/00/" + CODED,
    "M00/00-00/" + CODED,
    "M000/00/00/" + CODED,
    "/M00/00/00/" + CODED,
    "M00//00/00/" + CODED,
    "this-is-no-name-of-a-file",
  };

  private static final String FIRST_FOLDER = "M00/00/00/";

  NamesContract(NativeClient client, Target target) {
    super(client, target);
  }

  @ParameterizedTest
  @FieldSource("io.larder.conformance.scenario.NamesContract#BROKEN")
  void aBrokenNameIsNotRead(String name) {
    StoredFile file = broken(name);

    refused(Status.EINVAL, () -> client.download(file));
  }

  @ParameterizedTest
  @FieldSource("io.larder.conformance.scenario.NamesContract#BROKEN")
  void aBrokenNameIsNotAskedAbout(String name) {
    StoredFile file = broken(name);

    refused(Status.EINVAL, () -> client.info(file));
    refused(Status.EINVAL, () -> client.metadata(file));
  }

  @ParameterizedTest
  @FieldSource("io.larder.conformance.scenario.NamesContract#BROKEN")
  void aBrokenNameIsNotDeleted(String name) {
    StoredFile file = broken(name);

    refused(Status.EINVAL, () -> client.delete(file));
  }

  @ParameterizedTest
  @FieldSource("io.larder.conformance.scenario.NamesContract#BROKEN")
  void aBrokenNameIsNotWrittenTo(String name) {
    StoredFile file = broken(name);

    refused(Status.EINVAL, () -> client.setMetadata(file, Map.of("a", "1")));
    refused(Status.EINVAL, () -> client.append(file, text("x")));
    refused(Status.EINVAL, () -> client.uploadSlave(file, "_s", "txt", text("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "no-coded-part-but-a-file-name.txt", CODED})
  void anyFileNameIsLookedFor(String last) {
    client.needs(Call.MALFORMED_NAME);
    StoredFile file = new StoredFile(target.group(), FIRST_FOLDER + "x" + "y".repeat(12) + last);

    refused(Status.ENOENT, () -> client.download(file));
    refused(Status.ENOENT, () -> client.delete(file));
    refused(Status.ENOENT, () -> client.info(file));
  }

  @Test
  void aNameWithoutAStorePathMeansTheFirst() {
    client.needs(Call.MALFORMED_NAME);
    StoredFile file = client.upload(text("content"), "txt");
    assertThat(file.name()).startsWith("M00/");

    StoredFile old = file.named(file.name().substring(4));

    assertThat(client.download(old)).isEqualTo(text("content"));
  }

  @Test
  void aStorePathInOtherLettersIsNotThere() {
    client.needs(Call.MALFORMED_NAME);

    refused(Status.EINVAL, () -> client.download(broken("Mff/00/00/" + CODED)));
    refused(Status.EINVAL, () -> client.download(broken("m00/00/00/" + CODED)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "group 1", "GROUP1", "group1/", "group1x", "../group1"})
  void aWrongGroupIsUnknown(String group) {
    client.needs(group.isBlank() ? Call.BLANK_GROUP : Call.MALFORMED_GROUP);
    StoredFile file = client.upload(text("content"), "txt");

    refused(Status.ENOENT, () -> client.download(new StoredFile(group, file.name())));
    refused(Status.ENOENT, () -> client.delete(new StoredFile(group, file.name())));

    assertThat(client.download(file)).isEqualTo(text("content"));
  }

  private StoredFile broken(String name) {
    client.needs(Call.MALFORMED_NAME);
    return new StoredFile(target.group(), name);
  }
}
