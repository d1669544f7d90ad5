package io.larder.platform;

import io.larder.platform.Confinement.Refusal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// A real seccomp filter, put together by hand: from then on the kernel refuses some system calls of this thread and of all
/// threads it starts. There is no way back; a test takes a thread of its own, or a process.
public final class SystemCallFilter {
  private static final int PR_SET_SECCOMP = 22;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_MODE_FILTER = 2;

  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;
  private static final int ALLOW = 0x7FFF_0000;
  private static final int ANSWER_ERRNO = 0x0005_0000;

  private static final int NUMBER_AT = 0;
  private static final int ARGUMENTS_AT = 16;
  private static final int INSTRUCTION_BYTES = 8;
  private static final int PROGRAM_BYTES = 16;

  private SystemCallFilter() {}

  /// Lets the kernel refuse from now on.
  public static void install(Confinement confinement) {
    List<Long> program = program(confinement.refusals());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocate((long) program.size() * INSTRUCTION_BYTES, Long.BYTES);
      for (int i = 0; i < program.size(); i++) {
        code.set(ValueLayout.JAVA_LONG, (long) i * INSTRUCTION_BYTES, program.get(i));
      }
      MemorySegment filter = arena.allocate(PROGRAM_BYTES, Long.BYTES);
      filter.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
      filter.set(ValueLayout.JAVA_LONG, Long.BYTES, code.address());
      control(PR_SET_NO_NEW_PRIVS, 1, 0);
      control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter.address());
    }
  }

  private static void control(int option, long a, long b) {
    int prctl = "aarch64".equals(System.getProperty("os.arch")) ? 167 : 157;
    long result = LinuxCalls.call(CallFrame.current(), prctl, option, a, b, 0, 0, 0);
    if (result != 0) {
      throw new IllegalStateException("prctl " + option + ": " + Errno.text((int) -result));
    }
  }

  private static List<Long> program(List<Refusal> refusals) {
    List<Long> program = new ArrayList<>();
    for (Refusal refusal : refusals) {
      boolean always = refusal.bits() == 0;
      program.add(instruction(LOAD, 0, 0, NUMBER_AT));
      program.add(instruction(JUMP_IF_EQUAL, 0, always ? 1 : 3, refusal.call()));
      if (!always) {
        // The low half of the argument, on processors that store it first.
        program.add(instruction(LOAD, 0, 0, ARGUMENTS_AT + refusal.argument() * Long.BYTES));
        program.add(instruction(JUMP_IF_ANY_BIT, 0, 1, refusal.bits()));
      }
      program.add(instruction(RETURN, 0, 0, ANSWER_ERRNO | refusal.errno()));
    }
    program.add(instruction(RETURN, 0, 0, ALLOW));
    return program;
  }

  /// `struct sock_filter`, lowest byte first: code, instructions to skip if true and if false, operand.
  private static long instruction(int code, int ifTrue, int ifFalse, int operand) {
    return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) operand << 32;
  }
}
