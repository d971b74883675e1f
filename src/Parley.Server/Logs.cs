using Microsoft.Extensions.Logging.Console;

namespace Parley.Server;

/// <summary>The log on the standard error: a line of text for people, or a line of JSON for machines.</summary>
internal static class Logs
{
    public static void Add(ILoggingBuilder logging, ServerSettings settings)
    {
        logging.SetMinimumLevel(Level(settings.LogLevel));
        // The framework's own steps are of no interest to whoever runs Parley; its warnings are.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // It says nothing of its own, but would make an activity and a scope for every request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A start that failed is said once, in one line, by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.Log == LogFormat.Json)
        {
            logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                options.IncludeScopes = false;
            });
        }
        else
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "HH:mm:ss.fff ";
                options.IncludeScopes = false;
            });
        }
    }

    private static LogLevel Level(LogDetail detail) => detail switch
    {
        LogDetail.Debug => LogLevel.Debug,
        LogDetail.Warning => LogLevel.Warning,
        LogDetail.Error => LogLevel.Error,
        _ => LogLevel.Information,
    };
}
