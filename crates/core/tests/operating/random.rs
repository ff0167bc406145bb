//! Numbers that look like chance and are the same on every machine: the rules themselves know none.

/// A small generator (SplitMix64), its state being the seed.
pub struct Random(pub u64);

impl Random {
    /// Uniform between 0 and 1, without both ends.
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
    /// Standard normal (Box-Muller).
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
    /// Gamma with this shape (over 1) and mean 1 (Marsaglia and Tsang).
    fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / shape;
            }
        }
    }
    /// Events of a day with this mean, whose days differ by `cv` beyond chance (Gamma-Poisson).
    pub fn events(&mut self, mean: f64, cv: f64) -> u64 {
        let mean = mean * self.gamma(1.0 / (cv * cv));
        let (mut events, mut sum) = (0, -self.uniform().ln());
        while sum < mean {
            events += 1;
            sum -= self.uniform().ln();
        }
        events
    }
}
