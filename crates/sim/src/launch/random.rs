//! Draws that are the same on every machine, and that one measure cannot shift under another.
//!
//! A [`Stream`] is named by what it is for: the seed, the replication, a purpose, whom it concerns. Two arms of a
//! comparison that ask the same question about the same customer get the same answer, whatever else they drew
//! (common random numbers). Every distribution is drawn by inversion from one uniform, with logarithms and
//! exponentials of `libm` in plain Rust: those of the operating system differ in their last digit.

use super::time::{Micros, micros};

/// What a stream is for. The numbers are part of what a seed means: they never change.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub(crate) enum Purpose {
    /// Gaps between arrivals of a kind of demand.
    Arrivals = 1,
    /// How busy a day is.
    Day = 2,
    /// What a customer asks, and how much it hurts.
    Matter = 3,
    /// How long a contact takes to work on.
    Service = 4,
    /// How long a live customer waits, and whether they try again.
    Patience = 5,
    /// Whether and when a customer comes back.
    Reconnect = 6,
    /// When a waiting customer asks what has become of it.
    Chaser = 7,
    /// Whether another team must help, and how long that takes.
    Escalation = 8,
    /// What the assistant can do for a contact.
    Assistant = 9,
    /// Whether a customer finds the published answer instead of writing.
    Article = 10,
    /// Whether and how a customer rates.
    Rating = 11,
    /// How long a customer takes to say that all is well.
    Confirmation = 12,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Where all streams of one replication begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Root(u64);

impl Root {
    pub(crate) const fn new(seed: u64, replication: u64) -> Self {
        Self(mix(mix(seed.wrapping_add(GOLDEN)) ^ replication.wrapping_mul(GOLDEN).wrapping_add(1)))
    }
    /// The stream for this purpose, of this thing (a customer, a day), at this step (the customer's n-th contact).
    pub(crate) const fn stream(self, purpose: Purpose, thing: u64, step: u64) -> Stream {
        let named = mix(self.0 ^ mix((purpose as u64).wrapping_mul(GOLDEN)));
        let named = mix(named ^ mix(thing.wrapping_mul(GOLDEN).wrapping_add(2)));
        Stream(mix(named ^ mix(step.wrapping_mul(GOLDEN).wrapping_add(3))))
    }
}

/// A sequence of independent draws: SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Stream(u64);

impl Stream {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }
    /// Between 0 and 1, never either.
    pub(crate) fn unit(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }
    /// True with this probability.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }
    /// Exponential with mean one.
    pub(crate) fn exponential(&mut self) -> f64 {
        -libm::log(self.unit())
    }
    /// Standard normal.
    pub(crate) fn normal(&mut self) -> f64 {
        inverse_normal(self.unit())
    }
    /// Lognormal by its median and the standard deviation of its logarithm.
    pub(crate) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * libm::exp(sigma * self.normal())
    }
    /// Lognormal by its mean and coefficient of variation.
    pub(crate) fn lognormal_by_mean(&mut self, mean: f64, cv: f64) -> f64 {
        let variance = libm::log(1.0 + cv * cv);
        self.lognormal(mean * libm::exp(-variance / 2.0), variance.sqrt())
    }
    /// Gamma with mean one and this coefficient of variation, below 1 (Marsaglia and Tsang 2000).
    pub(crate) fn gamma(&mut self, cv: f64) -> f64 {
        if cv <= 0.0 {
            return 1.0;
        }
        let shape = 1.0 / (cv * cv);
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        // Each try succeeds with more than 95 %: a hundred failures do not happen.
        for _ in 0..100 {
            let x = self.normal();
            let root = 1.0 + c * x;
            let v = root * root * root;
            if v > 0.0 && libm::log(self.unit()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v / shape;
            }
        }
        1.0
    }
    /// A length of time: this many times `mean`, in whole microseconds.
    pub(crate) fn exponential_time(&mut self, mean: Micros) -> Micros {
        micros(self.exponential() * mean as f64)
    }
}

/// Φ⁻¹ by Wichura's algorithm AS 241 (PPND16, Applied Statistics 1988), good to about 16 digits.
pub(crate) fn inverse_normal(p: f64) -> f64 {
    fn ratio(x: f64, above: &[f64], below: &[f64]) -> f64 {
        let polynomial = |c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
        polynomial(above) / polynomial(below)
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180_625 - q * q, &CENTRE.0, &CENTRE.1);
    }
    let r = (-libm::log(p.min(1.0 - p))).sqrt();
    let z = if r <= 5.0 { ratio(r - 1.6, &TAIL.0, &TAIL.1) } else { ratio(r - 5.0, &FAR.0, &FAR.1) };
    z.copysign(q)
}

type Ratio = ([f64; 8], [f64; 8]);
const CENTRE: Ratio = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
);
const TAIL: Ratio = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);
const FAR: Ratio = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_is_exact() {
        fn check(p: f64, expected: f64) {
            let z = inverse_normal(p);
            assert!((z - expected).abs() < 1e-13 * expected.abs().max(1.0), "{p}: {z} is not {expected}");
        }
        // Reference: scipy.special.ndtri.
        check(0.5, 0.0);
        check(0.975, 1.959_963_984_540_054);
        check(0.001, -3.090_232_306_167_813_6);
        check(1e-10, -6.361_340_902_404_056);
        check(1e-13, -7.348_796_102_800_677);
    }

    #[test]
    fn moments_are_those_asked_for() {
        fn check(name: &str, mean: f64, cv: f64, draw: impl Fn(&mut Stream) -> f64) {
            let n = 40_000;
            let mut stream = Root::new(7, 0).stream(Purpose::Service, 1, 0);
            let values: Vec<f64> = (0..n).map(|_| draw(&mut stream)).collect();
            let m = values.iter().sum::<f64>() / f64::from(n);
            let s = (values.iter().map(|v| (v - m).powi(2)).sum::<f64>() / f64::from(n - 1)).sqrt();
            assert!((m / mean - 1.0).abs() < 4.0 * cv / f64::from(n).sqrt(), "{name}: mean {m}, not {mean}");
            assert!((s / m / cv - 1.0).abs() < 0.06, "{name}: CV {}, not {cv}", s / m);
        }
        check("exponential", 1.0, 1.0, Stream::exponential);
        check("gamma", 1.0, 0.15, |s| s.gamma(0.15));
        check("gamma", 1.0, 0.5, |s| s.gamma(0.5));
        check("lognormal", 12.0, 1.2, |s| s.lognormal_by_mean(12.0, 1.2));
        check("uniform", 0.5, 1.0 / 3.0_f64.sqrt(), Stream::unit);
    }

    /// These digits are the seed's promise: a change of the generator shows here.
    #[test]
    fn a_seed_means_the_same_for_ever() {
        let draw = |purpose, thing, step| Root::new(1, 2).stream(purpose, thing, step).bits();
        assert_eq!(draw(Purpose::Service, 3, 0), draw(Purpose::Service, 3, 0));
        let mut all: Vec<u64> =
            (0..200).flat_map(|i| [draw(Purpose::Service, i, 0), draw(Purpose::Chaser, i, 0), draw(Purpose::Service, i, 1)]).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 600, "streams must not share a beginning");
    }
}
