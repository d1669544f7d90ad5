package io.larder.http.file;

import io.larder.protocol.fileid.GroupName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Requests and rules for tests, in the words of HTTP.
final class Downloads {
  /// A plain file of 5 bytes that its name describes rightly at this time.
  static final String PLAIN = "/group1/M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";

  static final String APPENDER = "/group1/M00/00/00/Ck0pAWsCoICEL2MvAAAAAKaEx8Y999.log";
  static final String SLAVE = "/group1/M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583_120x120.jpg";

  /// The time in all of these names.
  static final long NAMED_TIME = 1795334272L;

  static final long NOW = NAMED_TIME + 1000;

  static final GroupName GROUP = GroupName.of("group1");

  private Downloads() {}

  static FileRules rules() {
    return rules(DownloadGate.OPEN);
  }

  static FileRules rules(DownloadGate gate) {
    return new FileRules(
        ContentTypes.builtIn("application/octet-stream"), gate, true, () -> 0xB0DAL);
  }

  static FileRequest get(String target, String... headers) {
    return request(false, target, headers);
  }

  static FileRequest head(String target, String... headers) {
    return request(true, target, headers);
  }

  private static FileRequest request(boolean head, String target, String... headers) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      byName.put(headers[i].toLowerCase(Locale.ROOT), headers[i + 1]);
    }
    return new FileRequest(
        head, FileTarget.parse(target, GROUP), Conditions.of(byName::get), false);
  }

  /// The answer with a file of so many bytes, changed at the time in its name.
  static FileAnswer answer(FileRequest request, long size) {
    return rules().answer(request, size, NAMED_TIME, NOW);
  }

  static String header(FileAnswer answer, String name) {
    return answer.headers().value(name).orElse("");
  }
}
