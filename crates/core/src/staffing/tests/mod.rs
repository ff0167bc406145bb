mod backlogs;
mod forecasts;
mod queues;
