//! What the processor can do, asked once.

use crate::LANES;

/// A set of instructions that this processor has. Every level gives the same results, faster or slower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(pub(crate) Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What every processor of this architecture has; NEON on 64-bit Arm.
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with VNNI, which multiplies and adds four bytes in one step.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// Those of this processor, the slowest first.
    pub fn all() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Self(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Self(Kind::Avx2));
            }
            let vnni = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw");
            if vnni && is_x86_feature_detected!("avx512vl") && is_x86_feature_detected!("avx512dq") {
                all.push(Self(Kind::Avx512));
            }
        }
        all
    }

    /// The fastest of this processor.
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self(Kind::Portable))
    }

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "AVX-512 VNNI",
        }
    }
}

/// Makes a function of a level from one that knows of none: it is compiled once for each, and the compiler uses what the
/// level has. The inner function is `#[inline(always)]`, else it would stay as it is for every processor.
macro_rules! for_every_level {
    ($(#[$doc:meta])* $seen:vis fn $name:ident($($arg:ident: $of:ty),* $(,)?) = $body:ident) => {
        $(#[$doc])*
        $seen fn $name(level: $crate::Level, $($arg: $of),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $of),*) {
                    $body($($arg),*);
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
                fn avx512($($arg: $of),*) {
                    $body($($arg),*);
                }
                match level.0 {
                    $crate::level::Kind::Portable => {}
                    // SAFETY: a level with AVX2 is only made where the processor has it.
                    $crate::level::Kind::Avx2 => return unsafe { avx2($($arg),*) },
                    // SAFETY: a level with AVX-512 is only made where the processor has all parts named here.
                    $crate::level::Kind::Avx512 => return unsafe { avx512($($arg),*) },
                }
            }
            let _ = level;
            $body($($arg),*);
        }
    };
}
pub(crate) use for_every_level;

/// Sixteen numbers to one: eight with eight, then four with four. Always in this order, and without a long wait for each.
#[inline(always)]
pub(crate) fn pairwise(mut numbers: [f32; LANES], of: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            numbers[lane] = of(numbers[lane], numbers[lane + half]);
        }
    }
    numbers[0]
}
