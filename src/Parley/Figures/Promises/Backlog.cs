namespace Parley.Figures.Promises;

/// <summary>
/// What those who wait already add to how long it takes: until somebody is there, and then so much for each of them. The straight line through the answers that were
/// alike, each counting the less the more waited before it, for long waits differ by more. Between nothing and all of that line half of the way is gone, by its
/// square root: it was drawn from few nights, and who waits ahead is not always answered before.
/// </summary>
internal readonly record struct Backlog(double Begins, double Each)
{
    /// <summary>Of however quick an answer is something stays that no backlog explains.</summary>
    private const double Least = 0.02;

    /// <summary>The line through times, by how many waited ahead.</summary>
    public static Backlog Of(IEnumerable<(int Ahead, double Time)> answers)
    {
        var (all, ahead, time, square, product) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (before, took) in answers)
        {
            var weight = 1.0 / (1 + before);
            all += weight;
            ahead += weight * before;
            time += weight * took;
            square += weight * before * before;
            product += weight * before * took;
        }

        var (spread, together) = (square - (ahead * ahead / all), product - (ahead * time / all));
        var each = spread > 1e-9 ? Math.Max(0, together / spread) : 0;
        return new(Math.Max((time - (each * ahead)) / all, Least * time / all), each);
    }

    /// <summary>By what times with so many ahead are divided, so that they are alike.</summary>
    public double Part(int ahead) => Math.Max(1e-3, Math.Sqrt(Begins + (Each * ahead)));
}
