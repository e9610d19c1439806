package dev.stemfleet.worker.speech.demonstration;

/// A sound of speech: where the throat's first three resonances lie, and what excites them. The
/// figures are those of textbooks on acoustic phonetics, rounded, for a voice of middle size.
enum Phone {
  IY(Kind.VOWEL, 280, 2250, 2950, 100),
  IH(Kind.VOWEL, 400, 1950, 2550, 75),
  EH(Kind.VOWEL, 540, 1800, 2500, 90),
  AE(Kind.VOWEL, 670, 1700, 2420, 105),
  AA(Kind.VOWEL, 740, 1120, 2450, 110),
  AO(Kind.VOWEL, 580, 880, 2420, 105),
  UH(Kind.VOWEL, 440, 1030, 2250, 80),
  UW(Kind.VOWEL, 310, 900, 2250, 100),
  AH(Kind.VOWEL, 630, 1220, 2400, 85),
  ER(Kind.VOWEL, 490, 1350, 1720, 105),
  /// The vowel of syllables that nobody stresses.
  AX(Kind.VOWEL, 500, 1450, 2450, 55),

  M(Kind.NASAL, 260, 1050, 2200, 70),
  N(Kind.NASAL, 260, 1550, 2550, 65),
  NG(Kind.NASAL, 260, 2050, 2650, 75),
  L(Kind.GLIDE, 370, 1100, 2650, 65),
  R(Kind.GLIDE, 340, 1150, 1650, 65),
  W(Kind.GLIDE, 310, 680, 2250, 65),
  Y(Kind.GLIDE, 280, 2200, 2950, 60),

  /// Breath through the vowel that follows.
  H(Kind.BREATH, 500, 1500, 2500, 60),

  F(Kind.HISS, 330, 1100, 2300, 85, new Noise(4500, 6000, 0.14)),
  TH(Kind.HISS, 330, 1400, 2500, 80, new Noise(6000, 5000, 0.12)),
  S(Kind.HISS, 330, 1700, 2600, 90, new Noise(6500, 1800, 0.42)),
  SH(Kind.HISS, 330, 1900, 2500, 95, new Noise(3000, 1200, 0.40)),
  V(Kind.BUZZ, 300, 1100, 2300, 60, new Noise(4500, 6000, 0.06)),
  DH(Kind.BUZZ, 300, 1400, 2500, 50, new Noise(6000, 5000, 0.05)),
  Z(Kind.BUZZ, 300, 1700, 2600, 70, new Noise(6500, 1800, 0.22)),
  ZH(Kind.BUZZ, 300, 1900, 2500, 70, new Noise(3000, 1200, 0.22)),

  P(Kind.STOP, 300, 850, 2200, 80, new Noise(1000, 1500, 0.35)),
  T(Kind.STOP, 300, 1750, 2650, 75, new Noise(4800, 2500, 0.50)),
  K(Kind.STOP, 300, 1950, 2400, 80, new Noise(2200, 900, 0.50)),
  B(Kind.VOICED_STOP, 260, 850, 2200, 65, new Noise(1000, 1500, 0.16)),
  D(Kind.VOICED_STOP, 260, 1750, 2650, 60, new Noise(4500, 2500, 0.20)),
  G(Kind.VOICED_STOP, 260, 1950, 2400, 65, new Noise(2000, 900, 0.20)),

  /// The breath between two parts of a sentence.
  COMMA(Kind.PAUSE, 500, 1450, 2450, 170),
  /// The end of a sentence.
  STOP(Kind.PAUSE, 500, 1450, 2450, 280),
  /// The end of a question.
  QUESTION(Kind.PAUSE, 500, 1450, 2450, 280);

  /// How a sound comes about.
  enum Kind {
    VOWEL,
    NASAL,
    GLIDE,
    BREATH,
    HISS,
    BUZZ,
    STOP,
    VOICED_STOP,
    PAUSE
  }

  /// Noise of the mouth.
  ///
  /// @param hz in its middle
  /// @param bandwidthHz from where it is half as strong to where it is again
  /// @param amount beside a vowel's 1
  record Noise(double hz, double bandwidthHz, double amount) {
    static final Noise NONE = new Noise(3000, 3000, 0);
  }

  private final Kind kind;
  private final double first;
  private final double second;
  private final double third;
  private final int milliseconds;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final double noiseHz;

  private final double noiseBandwidthHz;
  private final double noiseAmount;

  Phone(Kind kind, double first, double second, double third, int milliseconds) {
    this(kind, first, second, third, milliseconds, Noise.NONE);
  }

  Phone(Kind kind, double first, double second, double third, int milliseconds, Noise noise) {
    this.kind = kind;
    this.first = first;
    this.second = second;
    this.third = third;
    this.milliseconds = milliseconds;
    this.noiseHz = noise.hz();
    this.noiseBandwidthHz = noise.bandwidthHz();
    this.noiseAmount = noise.amount();
  }

  Kind kind() {
    return kind;
  }

  /// Where a resonance lies.
  ///
  /// @param index 0, 1 or 2
  double resonanceHz(int index) {
    return switch (index) {
      case 0 -> first;
      case 1 -> second;
      case 2 -> third;
      default -> throw new IllegalArgumentException("resonance " + index);
    };
  }

  int milliseconds() {
    return milliseconds;
  }

  Noise noise() {
    return new Noise(noiseHz, noiseBandwidthHz, noiseAmount);
  }
}
